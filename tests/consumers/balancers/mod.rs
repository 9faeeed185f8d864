//! Every dialect of load balancers, read back and compared with the plan; HAProxy judges its own and balances for real.

mod agree;
mod change;
mod f5;
mod hostile;
mod live;
mod netscaler;
mod read;
mod stages;
