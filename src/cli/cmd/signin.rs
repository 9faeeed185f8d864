//! `ocstopo signin`

use clap::Args;

use crate::cli::args::{AnswerFormat, Input};
use crate::cli::choice::choice;
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::io::Out;
use crate::product::{Client, ClientPlace};
use crate::query::signin::{Question, SignInAddress, signin};
use crate::report::answer;

/// Follow a sign-in: the names that a client looks up, the answers, the servers, the certificates, and the first thing that is broken
///
/// The names are those that the client documents, in its order; the answers are those of the planned zones. For the server that they
/// lead to: the route with its firewalls and rules, and whether its certificate has the name. Then how the client gets to the home
/// pool, and the connections that it opens there. A user's home is not part of a topology: without `--pool` it is the pool of
/// `--site`, or the one where clients sign in.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo signin anna@contoso.com --from inside examples/contoso\n  \
    ocstopo signin anna@contoso.com --from outside --pool dublin.se01 examples/contoso\n  \
    ocstopo signin anna@contoso.com --from inside --down redmond.dir01 examples/contoso\n  \
    ocstopo signin anna@fabrikam.com --from inside --client phone examples/fabrikam\n\n\
    Exit codes: 0 the user signs in, 1 something is broken, 2 the question cannot be answered, or the topology cannot be read or has \
    errors.")]
pub(in crate::cli) struct Signin {
    /// The sign-in address of the user, such as anna@contoso.com
    user: String,

    #[command(flatten)]
    input: Input,

    /// Where the client is
    #[arg(long, value_name = "PLACE", value_parser = choice(ClientPlace::ALL.map(|place| (place.word(), "", place))))]
    from: ClientPlace,

    /// What the user signs in with
    #[arg(
        long,
        value_name = "CLIENT",
        default_value = Client::Communicator.word(),
        value_parser = choice(Client::ALL.map(|client| (client.word(), client.title(), client)))
    )]
    client: Client,

    /// The home pool of the user
    #[arg(long, value_name = "POOL")]
    pool: Option<String>,

    /// The site, or the network of clients, that a client inside is in
    #[arg(long, value_name = "SITE")]
    site: Option<String>,

    /// What is down: a server, pool, site, load balancer, firewall or WAN link by its path, an address, or a name that is missing in
    /// DNS; several with commas, or repeated
    #[arg(long, value_name = "THING", value_delimiter = ',')]
    down: Vec<String>,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: AnswerFormat,
}

impl Signin {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let address = SignInAddress::read(&self.user)?;
        let topology = load::resolved(&self.input, out)?;
        let Self { client, from: place, site, pool, down, .. } = self;
        let found = signin(topology.plans(), &Question { address, client, place, site, pool, down })?;
        out.print(&match self.format {
            AnswerFormat::Human => answer::signin::human(&found, out.output_canvas().width),
            AnswerFormat::Json => answer::json(&found),
        });
        Ok(Exit::found(!found.works))
    }
}
