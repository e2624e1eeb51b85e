package io.orderly.kit.members;

import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.protocol.View;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A member, as the endpoint shows it.
 *
 * @param gossip where it receives messages, as {@code address:port}
 * @param url where it receives requests
 * @param state whether it lives, as far as this instance knows
 * @param since when this instance saw the state first
 * @param started when the process started, by its own clock
 * @param incarnation the highest that is known
 * @param version of the record that the load and the addresses are from: its incarnation, and its number in it
 * @param load requests in progress
 */
record MemberView(
        String id,
        String service,
        String gossip,
        String url,
        Liveness state,
        Instant since,
        Instant started,
        long incarnation,
        String version,
        int load) {

    static MemberView of(View.Member member, Instant now) {
        MemberDescription description = member.record().description();
        return new MemberView(
                description.id(),
                description.service(),
                text(description.gossipAddress()),
                description.httpUrl(),
                member.liveness(),
                now.minusMillis(member.livenessAgeMillis()).truncatedTo(ChronoUnit.MILLIS),
                Instant.ofEpochMilli(description.startedAtMillis()),
                member.incarnation(),
                member.record().version().toString(),
                member.record().load());
    }

    /** An address and its port, without the host name that it may have been resolved from. */
    static String text(InetSocketAddress address) {
        return address.toString().replaceFirst("^[^/]*/", "");
    }
}
