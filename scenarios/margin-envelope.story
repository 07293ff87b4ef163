# A market whose largest value could leave 62 bits is refused before it exists. (R1)
# 10^10 ticks x 10^14 lots x 100 minor units per tick and lot is 10^26, far above 2^62 = 4.6 x 10^18. With 10^6 ticks
# and 10^6 lots it is 10^14 and welcome. Neither touches the market that is there.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 price-max 100000 open-interest-max 1000 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.1 lot 0.001 price-max 1000000000 open-interest-max 100000000000 refused limit_envelope
market  ETH-PERP pool main tick 0.1 lot 0.001 price-max 100000 open-interest-max 1000
deposit alice 10 USDC
deposit bob 10 USDC
mark    BTC-PERP 100.0 ETH-PERP 10.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
expect  im alice 5
expect  size bob BTC-PERP -1
