# Drift v2's own figures under its venue file: a loss of 100 over five long and five short is 10 a unit, from both sides. (R15)
# Source: drift-labs/protocol-v2 at 0ae3e3b, controller/liquidation/tests.rs, successful_resolve_perp_bankruptcy, as conformance
# case drift-ix-01-both-sides. There the bankrupt account holds nothing any more, and fund and fee pool are empty.
# Here it is long 10 with nothing of its own, against peer, who wins those 100 and loses 101 in OTHER in the same batch: both are
# closed, their lots meet, and the holders that are left, long and short, are charged 50 each: 200 - 50 - 50 and 200 + 50 - 50.
# Peer's 1 is lost in OTHER, which has only lucky, who won 101, left to pay it.
include ../venues/drift-v2.story
market  PERP pool main funded tick 1 lot 1 brackets 0:0:0
market  OTHER pool main funded tick 1 lot 1 brackets 0:0:0
account bankrupt pool main
account peer pool main
deposit long 200 USDC
deposit short 200 USDC
deposit lucky 200 USDC
mark    PERP 100 OTHER 201
trade   PERP buy bankrupt sell peer 10 @ 100 | PERP buy long sell short 5 @ 100
trade   OTHER buy peer sell lucky 1 @ 201
mark    PERP 90 OTHER 100
expect  gap PERP 100
expect  fund paid 0
expect  capital paid 0
expect  haircut paid PERP 100
expect  equity long 100
expect  equity short 200
expect  closed bankrupt PERP via netted 10
expect  size long PERP 5
expect  size short PERP -5
expect  equity bankrupt 0
expect  gap OTHER 1
expect  carryover main 0
