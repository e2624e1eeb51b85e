package io.orderly.gossip.protocol;

import io.orderly.gossip.member.MemberDescription;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Detects that two processes have one id. A record of another process with the own id proves nothing: it may be of the process before a
 * restart. Therefore the other one is asked, and only its answer proves that it lives.
 *
 * <p>The process that started later is the one to stop, and only while it joins. Otherwise, a member that lies could stop others at any time.
 */
final class Identity {

    /** How long a process that joined can still be refused, in periods since another member was first heard. */
    private static final int JOINING_PERIODS = 20;

    private static final Comparator<MemberDescription> BY_START = Comparator.comparingLong(
                    MemberDescription::startedAtMillis)
            .thenComparing(description -> description.gossipAddress().toString());

    private final MemberDescription self;
    private long challengedPeriod = -1;
    private long challenge;
    private long joinedPeriod = Long.MAX_VALUE - JOINING_PERIODS;

    Identity(MemberDescription self) {
        this.self = self;
    }

    /** Whether another process with the own id was asked whether it lives. */
    boolean isContested() {
        return challengedPeriod >= 0;
    }

    /** Another member was heard. */
    void heardOthers(long period) {
        joinedPeriod = Math.min(joinedPeriod, period);
    }

    /**
     * Decides whether to ask another process with the same id; once per period.
     *
     * @param nonce of the ping
     */
    boolean challenges(long period, long nonce) {
        if (challengedPeriod == period) {
            return false;
        }
        challengedPeriod = period;
        challenge = nonce;
        return true;
    }

    /** @return the process that lives and has the same id, if this is its answer; otherwise null */
    @Nullable MemberDescription provenBy(MemberDescription sender, long nonce) {
        boolean isOther = sender.id().equals(self.id()) && !sender.isSameProcess(self);
        return isOther && challengedPeriod >= 0 && nonce == challenge ? sender : null;
    }

    /** Whether this process is the one to stop. */
    boolean yieldsTo(MemberDescription other, long period) {
        return BY_START.compare(self, other) > 0 && period < joinedPeriod + JOINING_PERIODS;
    }
}
