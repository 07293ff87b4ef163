#!/usr/bin/env python3
"""The waterfall of one shock for a whole book, in NumPy: the twin of `breakwater bench stress`.

Reads the file that the bench writes, plays the same scenarios and prints the hash of the same figures and the nanoseconds
of CPU time that it took. Vectorised over accounts: one pass of whole columns for who is bankrupt, holders of each market's side kept
together for the queue. It covers what that bench plays: settlement money only, list `book | adl`, score pnl-x-leverage in a
queue, money fund | deleveraged price zero | haircut positive-upnl | carryover, one margin bracket, positions closed whole.
All money is int64, products beyond it are divided exactly. Python 3 and NumPy of Debian 12.

File, little-endian int64: markets, accounts, positions, scenarios, sequence number, fund, tick value, mmr and imr in ppm;
a row an account: balance, id, then size, cost, market a position; a row of ticks a scenario.
"""
import sys
import time

import numpy as np

MASK = (1 << 64) - 1
ONE = 20
TOP = 2048                              # of a side's candidates, sorted first


def mix(x):
    """bw_mix_u64 of a Python int."""
    x = ((x ^ (x >> 30)) * 0xbf58476d1ce4e5b9) & MASK
    x = ((x ^ (x >> 27)) * 0x94d049bb133111eb) & MASK
    return x ^ (x >> 31)


def mix_pair(a, b):
    return mix(mix((a + 0x9e3779b97f4a7c15) & MASK) ^ (b & MASK))


def mix_array(x):
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xbf58476d1ce4e5b9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94d049bb133111eb)
    return x ^ (x >> np.uint64(31))


def mix_pairs(a, b):
    """Of a number or array and an array, both uint64."""
    return mix_array(mix_array(np.asarray(a, np.uint64) + np.uint64(0x9e3779b97f4a7c15)) ^ b)


def mul_div(a, b, c):
    """floor(a x b / c) and the remainder, exact: a guess in 64 bits of mantissa, put right by its remainder modulo 2^64."""
    quotient = np.floor(np.asarray(a, np.longdouble) * b / c).astype(np.int64)
    rest = a * b - quotient * c
    low, high = rest < 0, rest >= c
    quotient = quotient - low + high
    return quotient, rest + np.where(low, c, 0) - np.where(high, c, 0)


def capped_pro_rata(budget, weight, cap, ids):
    """R16: x = min(cap, level x weight), floored, one unit more to the largest remainders; ties: the lower id."""
    charge = np.zeros(len(weight), np.int64)
    open_ = np.flatnonzero((weight > 0) & (cap > 0))
    if int(cap[open_].sum()) <= budget:
        charge[open_] = cap[open_]
        return charge
    left = budget
    while True:
        floor, rest = mul_div(weight[open_], np.int64(left), weight[open_].sum())
        full = cap[open_] <= floor
        if not full.any():
            break
        charge[open_[full]] = cap[open_[full]]
        left -= int(cap[open_[full]].sum())
        open_ = open_[~full]
    charge[open_] = floor
    more = left - int(floor.sum())
    if more:
        charge[open_[np.lexsort((ids[open_], -rest))[:more]]] += 1
    return charge


class Book:
    def __init__(self, path):
        data = np.fromfile(path, "<i8")
        self.markets, self.accounts, self.positions, self.scenarios = (int(x) for x in data[:4])
        self.seq, self.fund, self.tick_value, self.mmr, self.imr = (int(x) for x in data[4:9])
        width = 2 + 3 * self.positions
        rows = data[9:9 + self.accounts * width].reshape(self.accounts, width)
        self.ticks = data[9 + self.accounts * width:].reshape(self.scenarios, self.markets)
        self.id = rows[:, 1].copy()
        self.size = [rows[:, 2 + 3 * j].copy() for j in range(self.positions)]
        self.cost = [rows[:, 3 + 3 * j].copy() for j in range(self.positions)]
        self.market = [rows[:, 4 + 3 * j].astype(np.intp) for j in range(self.positions)]
        self.net = rows[:, 0] - sum(self.cost)
        with np.errstate(over="ignore"):
            self.tie = mix_pairs(self.seq, self.id.astype(np.uint64))
        self.sides()
        self.value = np.empty(self.accounts, np.int64)
        self.equity = np.empty(self.accounts, np.int64)

    def sides(self):
        """Holders of each market's side, together: account, size, cost."""
        size, cost = np.concatenate(self.size), np.concatenate(self.cost)
        number = 2 * np.concatenate(self.market) + (size < 0)
        account = np.tile(np.arange(self.accounts), self.positions)
        keep = np.flatnonzero(size)
        order = keep[np.argsort(number[keep], kind="stable")]
        at = np.searchsorted(number[order], np.arange(2 * self.markets + 1))
        self.side = [(account[o], size[o], cost[o]) for o in (order[a:b] for a, b in zip(at[:-1], at[1:]))]

    def equities(self, unit):
        """Of all accounts: a pass of whole columns for each position."""
        equity, value = self.equity, self.value
        np.copyto(equity, self.net)
        for size, market in zip(self.size, self.market):
            np.take(unit, market, out=value)
            value *= size
            equity += value
        return equity


class Shock:
    """One scenario in which somebody is bankrupt."""

    def __init__(self, book, unit, equity, bankrupt):
        self.book, self.unit, self.equity, self.bankrupt = book, unit, equity, bankrupt
        self.is_bankrupt = np.zeros(book.accounts, bool)
        self.is_bankrupt[bankrupt] = True
        self.charges = {}               # account -> charge
        self.gone = np.zeros(book.accounts, np.int64)   # notional of it that was closed against others
        self.closed = {}                # side -> index into the side's holders, lots, charged on the position
        self.adl_notional = 0

    # ---- who gives lots ----

    def parts(self, accounts):
        """Notionals of the accounts' positions, a row a position."""
        return np.array([np.abs(s[accounts]) * self.unit[m[accounts]] for s, m in zip(self.book.size, self.book.market)])

    def reserved(self, accounts, market, parts, mm, equity):
        """Lots of the accounts' positions in the market that their orders hold: positions of largest margin first, each whole,
        until initial margin is covered."""
        book = self.book
        im = np.maximum(-(-parts * book.imr // 1000000), mm)
        order = np.argsort(-mm, axis=0, kind="stable")
        before = im.sum(0) - np.cumsum(np.take_along_axis(im, order, 0), 0) + np.take_along_axis(im, order, 0)
        out = np.empty(im.shape, bool)
        np.put_along_axis(out, order, before > equity, 0)
        lots = np.zeros(len(accounts), np.int64)
        for j in range(book.positions):
            own = out[j] & (book.market[j][accounts] == market)
            lots[own] = np.abs(book.size[j][accounts[own]])
        return lots

    def candidates(self, side, profit, taken):
        """Index, lots and key of those who may give lots of the side in this pass."""
        account, size, cost = self.book.side[side]
        upnl = size * self.unit[side // 2] - cost
        good = ~self.is_bankrupt[account]
        if profit:
            good &= upnl > 0
        index = np.flatnonzero(good)
        accounts, upnl, lots = account[index], upnl[index], np.abs(size[index])
        parts, equity = self.parts(accounts), self.equity[accounts]
        mm = -(-parts * self.book.mmr // 1000000)
        waits = np.flatnonzero(equity < mm.sum(0))
        if len(waits):
            lots[waits] -= self.reserved(accounts[waits], side // 2, parts[:, waits], mm[:, waits], equity[waits])
        if taken is not None:
            lots -= taken[index]
        gain = (upnl << ONE) // np.maximum(1, np.abs(cost[index]))
        leverage = ((parts.sum(0) - self.gone[accounts]) << ONE) // np.maximum(1, equity)
        key = np.where(gain > 0, gain * leverage, (np.minimum(gain, 0) << ONE) // np.maximum(1, leverage))
        keep = lots > 0
        return index[keep], lots[keep], key[keep]

    def queue(self, side, want, profit, taken):
        """Whole positions by key until `want` lots are there, the last in part."""
        index, lots, key = self.candidates(side, profit, taken)
        tie = self.book.tie[self.book.side[side][0]]
        if len(index) > 2 * TOP:
            top = np.argpartition(key, len(key) - TOP)[-TOP:]
            least = key[top].min()
            top = np.flatnonzero(key >= least)
            if int(lots[top].sum()) >= want:
                index, lots, key = index[top], lots[top], key[top]
        order = np.lexsort((tie[index], -key))
        given = np.minimum(lots[order], np.maximum(0, want - (np.cumsum(lots[order]) - lots[order])))
        some = given > 0
        return index[order][some], given[some]

    def deleverage(self, side, want):
        """Takes lots from the holders of the side: those in profit, then others."""
        taken = np.zeros(len(self.book.side[side][0]), np.int64)
        left = want
        for profit in (True, False):
            if left:
                index, lots = self.queue(side, left, profit, taken if not profit else None)
                taken[index] += lots
                left -= int(lots.sum())
        if left:
            raise SystemExit("lots that orders reserve are needed: not covered")
        index = np.flatnonzero(taken)
        self.closed[side] = [index, taken[index], np.zeros(len(index), np.int64)]
        self.gone[self.book.side[side][0][index]] += taken[index] * self.unit[side // 2]
        self.adl_notional += want * int(self.unit[side // 2])

    def close(self):
        lots = np.zeros((2, self.book.markets), np.int64)
        for size, market in zip(self.book.size, self.book.market):
            own, at = size[self.bankrupt], market[self.bankrupt]
            np.add.at(lots[0], at[own > 0], own[own > 0])
            np.add.at(lots[1], at[own < 0], -own[own < 0])
        for m in np.flatnonzero(lots[0] != lots[1]):
            longs, shorts = int(lots[0][m]), int(lots[1][m])
            self.deleverage(2 * m + (longs > shorts), abs(longs - shorts))

    # ---- who pays ----

    def gaps(self):
        """By side: each bankrupt account's gap goes to its markets by what it lost there."""
        book, b = self.book, self.bankrupt
        gap = -self.equity[b]
        loss = np.array([np.maximum(0, c[b] - s[b] * self.unit[m[b]]) for s, c, m in zip(book.size, book.cost, book.market)])
        floor, rest = mul_div(loss, gap[None, :], loss.sum(0)[None, :])
        rank = np.argsort(np.argsort(-rest, axis=0, kind="stable"), axis=0, kind="stable")
        floor += rank < gap - floor.sum(0)
        by_side = np.zeros(2 * book.markets, np.int64)
        for j in range(book.positions):
            np.add.at(by_side, 2 * book.market[j][b] + (book.size[j][b] < 0), floor[j])
        self.equity[b] = 0
        return int(gap.sum()), by_side

    def charge(self, accounts, charges):
        some = np.flatnonzero(charges)
        self.equity[accounts[some]] -= charges[some]
        for a, c in zip(accounts[some].tolist(), charges[some].tolist()):
            self.charges[a] = self.charges.get(a, 0) + c

    def deleveraged(self, loss, left):
        """Those closed against the loss's side pay what they won, by lots."""
        if loss ^ 1 not in self.closed:
            return 0
        index, lots, charged = self.closed[loss ^ 1]
        account, size, cost = (x[index] for x in self.book.side[loss ^ 1])
        cap = np.maximum(0, np.minimum(self.equity[account], size * self.unit[loss // 2] - cost))
        charges = capped_pro_rata(left, lots, cap, self.book.id[account])
        charged += charges
        self.charge(account, charges)
        return int(charges.sum())

    def haircut(self, loss, left):
        """All who won on the other side pay, by what they won."""
        account, size, cost = self.book.side[loss ^ 1]
        upnl = size * self.unit[loss // 2] - cost
        rest = upnl.copy()
        if loss ^ 1 in self.closed:
            index, _, charged = self.closed[loss ^ 1]
            rest[index] -= charged
        cap = np.maximum(0, np.minimum(rest, self.equity[account]))
        charges = capped_pro_rata(left, np.where(cap > 0, np.maximum(0, upnl), 0), cap, self.book.id[account])
        self.charge(account, charges)
        return int(charges.sum())

    def play(self):
        self.close()
        gap, left = self.gaps()
        fund = capped_pro_rata(self.book.fund, left, np.minimum(left, self.book.fund), np.arange(len(left)))
        left = left - fund
        paid, cut = 0, 0
        for layer in (self.deleveraged, self.haircut):
            for loss in np.flatnonzero(left):
                amount = layer(int(loss), int(left[loss]))
                left[loss] -= amount
                if layer == self.deleveraged:
                    paid += amount
                else:
                    cut += amount
        with np.errstate(over="ignore"):
            accounts = np.fromiter(self.charges.keys(), np.uint64, len(self.charges))
            charges = np.fromiter(self.charges.values(), np.uint64, len(self.charges))
            checksum = int(mix_pairs(accounts, charges).sum(dtype=np.uint64)) if len(accounts) else 0
        return (gap, int(fund.sum()), paid, cut + int(left.sum()), self.adl_notional, len(self.bankrupt), checksum)


def play(book):
    value = 1
    for ticks in book.ticks:
        unit = ticks * book.tick_value
        equity = book.equities(unit)
        bankrupt = np.flatnonzero(equity < 0)
        figures = Shock(book, unit, equity, bankrupt).play() if len(bankrupt) else (0,) * 7
        for figure in figures:
            value = mix_pair(value, figure)
    return value


def main():
    book = Book(sys.argv[1])
    start = time.process_time_ns()
    value = play(book)
    print("%016x %d" % (value, time.process_time_ns() - start))


main()
