//! `voice`: location profiles, normalization rules, phone usages, policies and routes of Enterprise Voice.

use super::{COMMON, TOP, common};
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

const USAGES: Type = Type::List(&Type::Reference(&["phone_usage"]));

const DESCRIPTION: AttrSchema = AttrSchema::optional("description", Type::Text, "A description for people.");

pub(super) static VOICE: BlockSchema = BlockSchema {
    kind: "voice",
    title: "Enterprise Voice",
    parents: &[TOP],
    name: NameRule::None,
    repeat: false,
    attrs: &[
        AttrSchema::optional("users", common::USERS, "How many users have Enterprise Voice. Left out, all users of all pools."),
        AttrSchema::optional(
            "call_volume",
            choices! {
                light => "One call with the telephone network in a busy hour; 15 users share a port of a gateway.",
                moderate => "Two calls; 10 users share a port.",
                heavy => "Three calls or more; 5 users share a port.",
            },
            "The number of calls of a user with the telephone network. It determines the number of gateway ports.",
        ),
    ],
    doc: "The normalization of dialled numbers and the routing of calls.",
    step: 8,
    example: r"voice {
  location_profile redmond {
    rule four_digits { match = '^(\d{4})$'  translate = '+1425555$1' }
  }
}",
    ..COMMON
};

pub(super) static LOCATION_PROFILE: BlockSchema = BlockSchema {
    kind: "location_profile",
    title: "Location profile",
    parents: &["voice"],
    attrs: &[
        AttrSchema::optional(
            "emergency_numbers",
            Type::List(&Type::Text),
            "The emergency numbers that people dial here, as in `[\"911\"]`. Every policy must have a route for them.",
        ),
        DESCRIPTION,
    ],
    doc: "The dialling habits of one location: a set of normalization rules, of which the first that matches is used.",
    step: 8,
    example: r"location_profile redmond {
  rule four_digits { match = '^(\d{4})$'  translate = '+1425555$1' }
}",
    ..COMMON
};

pub(super) static RULE: BlockSchema = BlockSchema {
    kind: "rule",
    title: "Normalization rule",
    parents: &["location_profile"],
    required_in: &["location_profile"],
    attrs: &[
        AttrSchema::required(
            "match",
            Type::Regex,
            "The numbers that it applies to, as a .NET regular expression in single quotes.",
        ),
        AttrSchema::required(
            "translate",
            Type::Text,
            "The resulting number, with `$1`, `$2` … for the groups of `match`; in single or double quotes.",
        ),
        AttrSchema::default(
            "order",
            Type::Integer { min: 0, max: 1_000_000, unit: "" },
            "100",
            "Rules are tried from the lowest order to the highest, and by name if the order is the same. The order in files has no effect.",
        ),
        DESCRIPTION,
    ],
    doc: "A normalization rule: a pattern, and the translation of numbers that match.",
    step: 8,
    example: r"rule four_digits {
  match     = '^(\d{4})$'
  translate = '+1425555$1'
  order     = 10
}",
    ..COMMON
};

pub(super) static PHONE_USAGE: BlockSchema = BlockSchema {
    kind: "phone_usage",
    title: "Phone usage",
    parents: &["voice"],
    attrs: &[DESCRIPTION],
    doc: "A label that connects policies with routes.",
    step: 8,
    example: r#"phone_usage local {
  description = "Local calls"
}"#,
    ..COMMON
};

pub(super) static POLICY: BlockSchema = BlockSchema {
    kind: "policy",
    title: "Voice policy",
    parents: &["voice"],
    attrs: &[
        AttrSchema::required(
            "usages",
            USAGES,
            "The phone usages that its users have, in the order in which they are tried; later ones are used when a call fails.",
        ),
        AttrSchema::default(
            "simultaneous_ring",
            Type::Bool,
            "false",
            "Whether users may use simultaneous ringing. It must be off if calls also ring on a PBX phone.",
        ),
    ],
    doc: "The calls that a group of users may make.",
    step: 8,
    example: "policy default {
  usages = [local, long_distance]
}",
    ..COMMON
};

pub(super) static ROUTE: BlockSchema = BlockSchema {
    kind: "route",
    title: "Route",
    parents: &["voice"],
    attrs: &[
        AttrSchema::required(
            "match",
            Type::Regex,
            "The E.164 numbers of the route, as a .NET regular expression in single quotes. A number that matches no route is blocked.",
        ),
        AttrSchema::required(
            "gateways",
            Type::List(&Type::Reference(&["mediation_server", "media_gateway"])),
            "The destinations, used in turn: Mediation Servers, or gateways that need none.",
        ),
        AttrSchema::required("usages", USAGES, "The phone usages of the route."),
    ],
    doc: "The gateways for calls to certain numbers, and the phone usages that may use them.",
    step: 8,
    example: r"route redmond_local {
  match    = '^\+1(425|206|253)(\d{7})$'
  gateways = [redmond.med01]
  usages   = [local]
}",
    ..COMMON
};

pub(super) static TEST: BlockSchema = BlockSchema {
    kind: "test",
    title: "Test of a number",
    parents: &["voice"],
    name: NameRule::Text,
    attrs: &[
        AttrSchema::required("dials", Type::Text, "The number that is dialled, as a person types it."),
        AttrSchema::required("from", Type::Reference(&["location_profile"]), "The location profile of the caller."),
        AttrSchema::optional(
            "policy",
            Type::Reference(&["policy"]),
            "The voice policy of the caller. Left out, the test applies to every policy.",
        ),
        AttrSchema::optional(
            "down",
            Type::List(&Type::Reference(&["mediation_server", "media_gateway"])),
            "Mediation Servers and gateways that do not answer.",
        ),
        AttrSchema::optional("becomes", Type::Text, "The expected number after normalization, such as `\"+14255550100\"`."),
        AttrSchema::optional(
            "ends",
            choices! {
                routed => "The call leaves by a gateway.",
                refused => "No route of the policy's usages matches.",
                dropped => "Routes match, and no gateway of them answers.",
            },
            "How the call is expected to end.",
        ),
        AttrSchema::optional("route", Type::Reference(&["route"]), "The expected route: the first with a gateway that answers."),
        AttrSchema::optional(
            "gateways",
            Type::List(&Type::Reference(&["mediation_server", "media_gateway"])),
            "The gateways of that route that are expected to answer, in any order.",
        ),
        DESCRIPTION,
    ],
    doc: "A number and what is expected to become of it. `ocstopo check` tries it, and a test that fails is an error.",
    step: 8,
    example: r#"test "help from the lobby" {
  dials   = "911"
  from    = redmond
  policy  = lobby
  becomes = "+911"
  route   = emergency
}"#,
    ..COMMON
};
