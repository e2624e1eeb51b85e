package io.orderly.gossip.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MemberStatePropertyTest {

    @Property(tries = 300)
    void mergeIsCommutative(@ForAll("states") MemberState a, @ForAll("states") MemberState b) {
        assertThat(a.merge(b)).isEqualTo(b.merge(a));
    }

    @Property(tries = 300)
    void mergeIsAssociative(
            @ForAll("states") MemberState a, @ForAll("states") MemberState b, @ForAll("states") MemberState c) {
        assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
    }

    @Property(tries = 300)
    void mergeIsIdempotent(@ForAll("states") MemberState a, @ForAll("states") MemberState b) {
        assertThat(a.merge(a)).isEqualTo(a);
        assertThat(a.merge(b).merge(b)).isEqualTo(a.merge(b));
        assertThat(a.merge(b).merge(b.claim())).isEqualTo(a.merge(b));
    }

    @Property(tries = 300)
    void onlyAHigherIncarnationRefutesAClaim(@ForAll("states") MemberState a, @ForAll("states") MemberState b) {
        MemberState merged = a.merge(b);
        assertThat(merged.incarnation()).isEqualTo(Math.max(a.incarnation(), b.incarnation()));
        Claim highest = a.claim().compareTo(b.claim()) > 0 ? a.claim() : b.claim();
        boolean refuted = merged.record().incarnation() > highest.incarnation();
        assertThat(merged.liveness()).isEqualTo(refuted ? Liveness.ALIVE : highest.liveness());
    }

    @Property(tries = 5)
    void differentMembersCannotBeMerged(@ForAll("states") MemberState a) {
        var other = new MemberState(record("other", 1, new Version(0, 0)), Claim.NONE);
        assertThatThrownBy(() -> a.merge(other)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Few values, so that versions and incarnations are often equal, as those of a member that lies may be. */
    @Provide
    Arbitrary<MemberState> states() {
        Arbitrary<MemberRecord> records = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.longs().between(0, 2),
                        Arbitraries.longs().between(0, 2),
                        Arbitraries.integers().between(1, 2))
                .as((load, incarnation, sequence, port) ->
                        new MemberRecord(description("a", port), load, new Version(incarnation, sequence)));
        Arbitrary<Claim> claims = Combinators.combine(
                        Arbitraries.longs().between(0, 2), Arbitraries.of(Liveness.values()))
                .as(Claim::new);
        return Combinators.combine(records, claims).as(MemberState::new);
    }

    private static MemberRecord record(String id, int port, Version version) {
        return new MemberRecord(description(id, port), 0, version);
    }

    private static MemberDescription description(String id, int port) {
        return new MemberDescription(
                id, "service", new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "http://localhost:1", 0);
    }
}
