# A command sent twice is done once, and time does not run backwards. (R22)
# Command 7 deposits 5; its repetition is answered as duplicate. A command before the last one's time is refused.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
at 2025-06-01T12:00:00Z deposit bob 5 USDC
at 2025-06-01T12:00:01Z id 7 deposit alice 5 USDC
at 2025-06-01T12:00:02Z id 7 deposit alice 5 USDC refused duplicate
expect  balance alice 5
at 2025-06-01T11:59:59Z mark BTC-PERP 100.0 refused time_reversed
at 2025-06-01T12:00:03Z mark BTC-PERP 100.0
expect  mark BTC-PERP 100.0
expect  balance alice 5
expect  balance bob 5
