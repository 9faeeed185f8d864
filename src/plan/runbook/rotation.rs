//! Servers of a group in and out of rotation on its load balancers, in the commands of these.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::value::{Item, Value};
use super::{Line, Run};
use crate::catalog::Task;
use crate::model::{Group, LoadBalancerId, ServerId};
use crate::plan::device::{Operation, operations};

impl Facts<'_> {
    /// One item for each server: all commands for it, and what is expected of them.
    pub(super) fn rotation(&self, group: &Group, task: Task) -> Option<Value> {
        let endpoints = group.endpoints.iter().map(|id| self.endpoint(*id));
        let balancers: BTreeSet<LoadBalancerId> =
            endpoints.filter_map(|endpoint| Some(endpoint.vip.as_ref()?.load_balancer)).collect();
        let items = group.servers.iter().filter_map(|server| self.turned(*server, &balancers, task));
        Value::list(items.collect())
    }

    fn turned(&self, server: ServerId, balancers: &BTreeSet<LoadBalancerId>, task: Task) -> Option<Item> {
        let path = self.server(server).path.as_str();
        let done: Vec<Operation> = balancers
            .iter()
            // Plans are in the order of the load balancers.
            .filter_map(|id| self.inputs.plans.balancers().get(id.index()))
            .flat_map(|plan| {
                let members = (self.inputs.files.member_values)(plan, path).into_iter();
                members.flat_map(|values| operations(plan.dialect, &values)).filter(|operation| operation.task == task)
            })
            .collect();
        let commands: Vec<String> = done.iter().filter_map(|operation| operation.command.clone()).collect();
        let expect = done.last().and_then(|operation| operation.expect.clone()).unwrap_or_else(|| Line(Vec::new()));
        let host = Line(vec![Run { text: self.host(server), code: true }]);
        (!commands.is_empty())
            .then(|| vec![("line", Value::Line(host)), ("command", Value::Command(commands)), ("expect", Value::Line(expect))])
    }
}
