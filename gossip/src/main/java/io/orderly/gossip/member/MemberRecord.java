package io.orderly.gossip.member;

import java.util.Comparator;

/**
 * What a member says about itself. Only the member itself writes it, so the version determines the content.
 *
 * @param description what does not change while the process runs
 * @param load requests in progress; from 0
 * @param version of this record
 */
public record MemberRecord(MemberDescription description, int load, Version version)
        implements Comparable<MemberRecord> {

    /** A member that lies may write two records of one version. Then any fixed order will do. */
    private static final Comparator<MemberRecord> OF_ONE_VERSION =
            Comparator.comparingInt(MemberRecord::load).thenComparing(record -> record.description.toString());

    /** @throws IllegalArgumentException if the load is negative */
    public MemberRecord {
        if (load < 0) {
            throw new IllegalArgumentException("The load is negative: " + load);
        }
    }

    public String id() {
        return description.id();
    }

    public long incarnation() {
        return version.incarnation();
    }

    /** The same member with another load, as the next version. */
    public MemberRecord withLoad(int newLoad) {
        return new MemberRecord(description, newLoad, new Version(version.incarnation(), version.sequence() + 1));
    }

    /** The same member in an incarnation above the given one. */
    public MemberRecord refuting(long incarnation) {
        return new MemberRecord(description, load, new Version(Math.max(version.incarnation(), incarnation) + 1, 0));
    }

    @Override
    public int compareTo(MemberRecord other) {
        int byVersion = version.compareTo(other.version);
        return byVersion != 0 || equals(other) ? byVersion : OF_ONE_VERSION.compare(this, other);
    }
}
