//! Too little room for meetings.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Compares the `size` of the volumes for meeting content of a `file_share` with the space that the pool's conferences need
    /// at the same time.
    ///
    /// ## Why it matters
    /// When the share is full, users cannot show slides or upload files, and the metadata of running meetings is lost.
    ///
    /// ## Planning Guide
    /// Step 11: 100 MB are reserved for each conference. The number of simultaneous conferences is derived from the user model: 5
    /// % of the users, three in each conference. The model has averages, so this is a note. Content that is kept after meetings
    /// needs more space.
    "OCS1103" "content-share-size" {
        severity: Note,
        confidence: Low,
        source: "2007 R2 meeting content (dd572518) and user model (dd425159)",
        bad: Example::with(bases::POOL, &[(
            "    back_end sql01 { address = 10.10.0.30 }\n",
            "    back_end sql01 { address = 10.10.0.30 }\n    file_share content {\n      path = '\\\\fs01.corp.contoso.com\\ocs'\n      storage meetings { holds = [content]  size = 10GB }\n    }\n",
        )]),
        good: Example::with(bases::POOL, &[(
            "    back_end sql01 { address = 10.10.0.30 }\n",
            "    back_end sql01 { address = 10.10.0.30 }\n    file_share content {\n      path = '\\\\fs01.corp.contoso.com\\ocs'\n      storage meetings { holds = [content]  size = 20GB }\n    }\n",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let figure = |id| view.limit(id).map(|limit| limit.value);
    let (Some(meeting), Some(share), Some(people)) =
        (figure("meeting.content"), figure("user_model.in_conferences"), figure("user_model.people_in_conference"))
    else {
        return;
    };
    for block in view.blocks_of("file_share") {
        let Some(pool) = block.parent else { continue };
        let Some(users) = pool.integer("users") else { continue };
        let holds_content = |volume: &&crate::lower::Decl| volume.choices("holds").any(|what| what.value == "content");
        let sizes: Option<Vec<_>> =
            block.decl.blocks("storage").filter(holds_content).map(|volume| volume.size("size")).collect();
        // A volume of unknown size may be large enough.
        let Some((first, sizes)) = sizes.as_deref().and_then(|sizes| Some((sizes.first()?, sizes))) else { continue };
        let conferences = (users.value * share).div_ceil(100 * people);
        let needed = conferences * meeting;
        let has = sizes.iter().map(|size| size.value).sum::<u64>() / 1_000_000;
        if has >= needed {
            continue;
        }
        sink.report(
            Finding::new(
                format!(
                    "`{}` needs {} MB for {}, and has {} MB",
                    block.path,
                    words::thousands(needed),
                    words::count(conferences as usize, "conference"),
                    words::thousands(has)
                ),
                first.span,
                format!("{meeting} MB for each conference"),
            )
            .related(users.span, format!("{share} % of {} users, {people} in each conference", words::thousands(users.value)))
            .help(format!("plan at least {} MB for meeting content", words::thousands(needed))),
        );
    }
}
