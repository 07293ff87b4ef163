# Mango v4's own figures under its venue file: of 50 that are lost 22 are there, the fund is empty, 28 are spread over all who
# hold the market. (R15)
# Source: blockworks-foundation/mango-v4 at 1303a4a, programs/mango-v4/tests/cases/test_liq_perps_bankruptcy.rs, as conformance
# case mango-bt-04-no-fund: a loss of 50, 10 of which the account can settle and 12 of which its other assets carry. Who holds
# the market is constructed: 28 long and 28 short, half a unit a lot.
# Liqee's 10 lots meet those of peer, who loses in OTHER what it wins here and 1 more. That 1 falls on OTHER's holder. A loss
# without a market falls on balances: none is here.
include ../venues/mango-v4.story
market  PERP pool main funded tick 1 lot 1 brackets 0:0:0
market  OTHER pool main funded tick 1 lot 1 brackets 0:0:0
account peer pool main
deposit liqee 22 USDC
deposit long 1000 USDC
deposit short 1000 USDC
deposit lucky 200 USDC
mark    PERP 10 OTHER 151
trade   PERP buy liqee sell peer 10 @ 10 | PERP buy long sell short 28 @ 10
trade   OTHER buy peer sell lucky 1 @ 151
mark    PERP 5 OTHER 100
expect  gap PERP 28
expect  fund paid 0
expect  haircut paid PERP 28
expect  equity long 846
expect  equity short 1126
expect  equity liqee 0
expect  closed liqee PERP via netted 10
expect  carryover main 0
