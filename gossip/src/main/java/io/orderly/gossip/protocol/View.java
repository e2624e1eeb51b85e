package io.orderly.gossip.protocol;

import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All members, as one of them sees them at one time.
 *
 * @param self the id of the member that sees them
 * @param members ordered by id, including itself
 */
public record View(String self, List<Member> members) {

    private static final Comparator<MemberRecord> BY_AGE = Comparator.comparingLong(
                    (MemberRecord record) -> record.description().startedAtMillis())
            .thenComparing(MemberRecord::id);

    public View {
        members = List.copyOf(members);
    }

    /**
     * A member.
     *
     * @param record the newest that is known
     * @param liveness whether it lives
     * @param ageMillis how long ago the record became known, or the member itself was heard; 0 for the own record
     */
    public record Member(MemberRecord record, Liveness liveness, long ageMillis) {}

    /** The members that are alive, or only suspected. */
    public List<Member> live() {
        return members.stream().filter(member -> member.liveness().isLive()).toList();
    }

    /**
     * The emergent leader: the live member that started first. Different members may see different leaders for a while, so it may only be
     * used for work that two may do at once. Empty if no member is live: after this member left.
     */
    public Optional<MemberRecord> leader() {
        return live().stream().map(Member::record).min(BY_AGE);
    }
}
