# A fund that pays a loss whole or not at all; bucket and shared part count together. (R14) [dYdX v4: insurance fund]
# Bucket 6, shared 13.999999: a gap of 20 is one unit more than the fund has, so it pays nothing and bob gives all 20.
# With one unit more the next gap of 20, zoe's, takes both parts to the last unit, and ken pays nothing.
include haircut-world.story
pool    main all-or-nothing on money fund | deleveraged price zero | haircut | carryover
fund    main deposit 6 market BTC-PERP
fund    main deposit 13.999999
mark    BTC-PERP 80.0
expect  gap 20
expect  fund paid 0
expect  deleveraged bob 20
expect  fund main 19.999999
fund    main deposit 0.000001
deposit zoe 20 USDC
deposit ken 100 USDC
trade   BTC-PERP buy zoe sell ken 2 @ 80.0
mark    BTC-PERP 60.0
expect  gap 20
expect  fund paid 20
expect  deleveraged ken 0
expect  fund BTC-PERP 0
expect  shared-fund 0
expect  empty 1
