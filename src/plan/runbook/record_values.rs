//! Values of Archiving and Monitoring Servers, by their names in the vocabulary.

use super::facts::Facts;
use super::value::Value;
use crate::model::{Detail, Group};

impl Facts<'_> {
    pub(super) fn record_value(&self, group: &Group, name: &str) -> Option<Value> {
        let Detail::Records { purge_hour, purges, .. } = &group.detail else { return None };
        match name {
            "purge_hour" => purge_hour.filter(|_| *purges).map(Value::Number),
            "purged_by_another" => Value::flag(!purges),
            _ => None,
        }
    }
}
