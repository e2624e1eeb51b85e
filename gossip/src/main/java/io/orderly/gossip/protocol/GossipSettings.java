package io.orderly.gossip.protocol;

import java.time.Duration;

/**
 * How members gossip. All members of a cluster should have the same settings.
 *
 * @param period how often a member probes another one, in whole milliseconds, from 10. Shorter: crashes are detected sooner, at the price of
 *     more messages
 * @param indirectProbes how many members are asked to probe a member that does not answer, from 0. With fewer, lost messages cause more
 *     false suspicions
 * @param suspicionMultiplier a suspected member has this many times log2(n + 1) periods to refute, from 1. Lower: crashes are reported
 *     sooner, and slow members are reported dead more often
 * @param retransmitMultiplier news is attached to this many times log2(n + 1) messages, from 1. Lower: fewer bytes, and more members learn
 *     it only from version vectors
 * @param antiEntropyPeriods after how many periods a member compares version vectors with another one, from 1
 * @param forgetPeriods after how many periods a dead member is forgotten, from 1. Until then it is listed, and probed now and then in case
 *     only the network failed
 * @param membersMax maximum number of members, including dead ones that are not forgotten yet; others are refused. Bounds the memory
 * @param messagesPerPeriodMax maximum number of messages that are handled per period from one address; further ones are refused.
 *     All addresses that belong to no known member have four times this number together
 * @param incarnationLeadMax how far an incarnation may be ahead of the local wall clock. Shorter: members whose clocks differ by more do not
 *     see each other
 */
public record GossipSettings(
        Duration period,
        int indirectProbes,
        int suspicionMultiplier,
        int retransmitMultiplier,
        int antiEntropyPeriods,
        int forgetPeriods,
        int membersMax,
        int messagesPerPeriodMax,
        Duration incarnationLeadMax) {

    public static final GossipSettings DEFAULT =
            new GossipSettings(Duration.ofSeconds(1), 3, 3, 3, 5, 600, 1_000, 60, Duration.ofMinutes(10));

    /** @throws IllegalArgumentException if a value is out of its bounds */
    public GossipSettings {
        if (period.toMillis() < 10) {
            throw new IllegalArgumentException("The period is shorter than 10 ms: " + period);
        }
        require("indirectProbes", indirectProbes, 0);
        require("suspicionMultiplier", suspicionMultiplier, 1);
        require("retransmitMultiplier", retransmitMultiplier, 1);
        require("antiEntropyPeriods", antiEntropyPeriods, 1);
        require("forgetPeriods", forgetPeriods, 1);
        require("membersMax", membersMax, 1);
        require("messagesPerPeriodMax", messagesPerPeriodMax, 1);
        if (incarnationLeadMax.isNegative()) {
            throw new IllegalArgumentException("The lead of incarnations is negative: " + incarnationLeadMax);
        }
    }

    private static void require(String name, int value, int min) {
        if (value < min) {
            throw new IllegalArgumentException("%s is %d, below %d".formatted(name, value, min));
        }
    }

    public GossipSettings withPeriod(Duration newPeriod) {
        return new GossipSettings(
                newPeriod,
                indirectProbes,
                suspicionMultiplier,
                retransmitMultiplier,
                antiEntropyPeriods,
                forgetPeriods,
                membersMax,
                messagesPerPeriodMax,
                incarnationLeadMax);
    }

    long periodMillis() {
        return period.toMillis();
    }

    /** How long a direct probe waits for its answer, before others are asked. They have the rest of the period. */
    long ackTimeoutMillis() {
        return periodMillis() * 2 / 5;
    }

    /** @param members that are live, including this one */
    int suspicionPeriods(int members) {
        return suspicionMultiplier * logarithm(members);
    }

    /** @param members that are live, including this one */
    int retransmissions(int members) {
        return retransmitMultiplier * logarithm(members);
    }

    /** log2(n + 1), rounded up; at least 1. */
    private static int logarithm(int members) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, members));
    }
}
