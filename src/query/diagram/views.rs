//! The list of the views.

use super::view::View;
use super::{names, overview, perimeter, site, voice};

/// All views, in the order of the help.
pub const VIEWS: [View; 5] = [overview::VIEW, site::VIEW, perimeter::VIEW, voice::VIEW, names::VIEW];

/// Without a question.
pub(super) const OVERVIEW: View = overview::VIEW;

/// What the name of a site asks for.
pub(super) const SITE: View = site::VIEW;
