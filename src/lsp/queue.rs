//! Messages that wait, and requests that are no longer wanted.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use lsp_server::{Message, Notification, RequestId};

/// The numbers of requests that the editor has cancelled before they were answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Cancelled(Arc<Mutex<BTreeSet<String>>>);

impl Cancelled {
    /// Notes a message that cancels another one; whether it is one.
    pub(super) fn note(&self, message: &Message) -> bool {
        let Message::Notification(Notification { method, params }) = message else { return false };
        if method != "$/cancelRequest" {
            return false;
        }
        if let Some(id) = params.get("id") {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_string());
        }
        true
    }

    /// Whether a request was cancelled; it is forgotten by that.
    pub(super) fn take(&self, id: &RequestId) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&id.to_string())
    }
}
