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
     * @param incarnation the highest that is known: of the record, or of a claim that the member did not refute yet
     * @param ageMillis how long ago the record became known, or the member itself was heard; 0 for the own record
     * @param livenessAgeMillis how long this member has seen the same liveness
     */
    public record Member(
            MemberRecord record, Liveness liveness, long incarnation, long ageMillis, long livenessAgeMillis) {

        private Member later(long millis, boolean isSelf) {
            return new Member(
                    record, liveness, incarnation, isSelf ? 0 : ageMillis + millis, livenessAgeMillis + millis);
        }
    }

    /** The same view after some time in which nothing changed. */
    public View later(long millis) {
        return new View(
                self,
                members.stream()
                        .map(member -> member.later(millis, member.record().id().equals(self)))
                        .toList());
    }

    /** The members that are alive, or only suspected. */
    public List<Member> live() {
        return members.stream().filter(member -> member.liveness().isLive()).toList();
    }

    /**
     * The emergent leader of a service: its live member that started first. Different members may see different leaders for a while, so it may
     * only be used for work that two may do at once. Empty if no member of the service is live.
     */
    public Optional<MemberRecord> leader(String service) {
        return live().stream()
                .map(Member::record)
                .filter(record -> record.description().service().equals(service))
                .min(BY_AGE);
    }
}
