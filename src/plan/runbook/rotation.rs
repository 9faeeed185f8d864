//! Servers in and out of rotation on a load balancer, in its own commands.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::value::{Item, Value};
use super::{Line, Run};
use crate::catalog::Task;
use crate::model::ServerId;
use crate::plan::balancer::BalancerPlan;
use crate::plan::device::{Operation, operations_for};

impl Facts<'_> {
    /// One item for each server behind a load balancer: all commands for it, and what is expected of them.
    pub(super) fn rotation(&self, plan: &BalancerPlan, task: Task) -> Option<Value> {
        let servers: BTreeSet<(&str, ServerId)> = plan
            .listeners
            .iter()
            .flat_map(|listener| &listener.servers)
            .map(|member| (member.path.as_str(), member.server))
            .collect();
        Value::list(servers.into_iter().filter_map(|(path, server)| self.turned(plan, path, server, task)).collect())
    }

    fn turned(&self, plan: &BalancerPlan, path: &str, server: ServerId, task: Task) -> Option<Item> {
        let members = (self.inputs.files.member_values)(plan, path).into_iter();
        let done: Vec<Operation> = members.flat_map(|values| operations_for(plan.dialect, task, &values)).collect();
        let commands: Vec<String> = done.iter().filter_map(|operation| operation.command.clone()).collect();
        let expect = done.last().and_then(|operation| operation.expect.clone()).unwrap_or_else(|| Line(Vec::new()));
        let host = Line(vec![Run { text: self.host(server).into(), code: true }]);
        (!commands.is_empty())
            .then(|| vec![("line", Value::Line(host)), ("command", Value::Command(commands)), ("expect", Value::Line(expect))])
    }
}
