# Vertex: liquidators at a discount; insurance; then all holders of the market, both sides, by size; then deposits.
# Source: github.com/vertex-protocol/vertex-contracts, core/contracts/ClearinghouseLiq.sol (`_finalizeSubaccount`), read
#   at 53d0068 in November 2026; PerpEngine.sol (`socializeSubaccount`) as read at e138181 and in quotations;
#   docs.vertexprotocol.com "Liquidations & Insurance Fund". The venue closed in August 2025.
# Liquidation: anybody buys, here the story's desks at their discount (there: halfway to the maintenance weight, part of
#   it to the insurance), until initial health is restored; there is no book in it.
# Loss: the insurance, without the fee of the last liquidation (R14: frozen before the round); then loss / open interest
#   per unit of size on both sides, through funding, profit or not; what is owed in the quote asset falls on its deposits
#   by balance, through their multiplier.
# Set so: loss of a market by size on both sides, loss of the pool by balance, both by index. The venue cuts its steps off
#   and forgets the rest; here the rest is carried to the next loss.
# Not modelled: spot positions and borrows, whose loss goes to deposits of that token; spreads; the insurance that goes to
#   lower product numbers first; open interest of 0, at which the venue's division fails (here: deposits by balance).
# Ours, where the venue is silent: what no liquidator takes is closed at mark pro rata to size; the rest is carryover.
asset   USDC decimals 6
pool    main asset USDC
  quantity  backstop | adl score size allocate pro-rata
  money     fund | shared-fund
            | haircut base size side both apply index
            | haircut base balance scope pool apply index
            | carryover
