# Vega: gains are cash at every mark; what losers of a mark and the market's insurance pool cannot pay is cut from the
# winners of that mark, in proportion; the position of who fell below maintenance margin goes whole to the network.
# Source: vegaprotocol/vega a50750c (22 October 2024): core/collateral/engine.go (MarkToMarket), core/collateral/
#   simple_distributor.go (floor(win x collected / expected)), core/execution/liquidation/engine.go;
#   vegaprotocol/specs 5fea1f3: 0002-STTL, 0003-MTMK, 0012-POSR, 0015-INSR.
# Set so: settle-on mark; after a settlement a position's profit is what this mark gave it, so a haircut of the
#   market's profits is one of the mark's winners in this market, whose ratio has 16 decimals; the last gets the rest.
#   Positions close whole (full-close-under above every notional).
# Not modelled: the network as holder of the positions (a story's `desk ... fund-desk`; in a comparison the story's
#   desks take them, at their discount, and their gains are not the fund's), its disposal over time; the whole balance
#   confiscated into the pool; whoever won and is flat again at the mark is not cut; bonds of liquidity providers; one
#   insurance pool per market (here: buckets and shared part of the story's fund).
# Ours, where the venue stops the node: a rest, which only gains of those who are flat can leave, is taken from the
#   gains of this mark in all markets, then of later ones.
asset   USDC decimals 6
pool    main asset USDC
  settle-on mark  full-close-under 1000000000000
  quantity  backstop | adl score size allocate pro-rata
  money     fund
            | haircut base positive-upnl scope market side both allocate capped-pro-rata rounding ratio16
            | carryover
