package io.orderly.kit.members;

import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.protocol.View;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Shows all members as this instance sees them. */
@Endpoint(id = "members")
final class MembersEndpoint {

    private final String service;
    private final Supplier<View> view;
    private final BooleanSupplier isMember;
    private final InstantSource clock;

    MembersEndpoint(String service, Supplier<View> view, BooleanSupplier isMember, InstantSource clock) {
        this.service = service;
        this.view = view;
        this.isMember = isMember;
        this.clock = clock;
    }

    /**
     * All members, by id.
     *
     * @param self the id of this instance
     * @param member whether this instance is a member; if not, another process has its id, and what it shows is out of date
     * @param emergentLeader the id of the live instance of this service that started first; other instances may see another one for a while
     */
    record Members(String self, boolean member, @Nullable String emergentLeader, List<MemberView> members) {}

    @ReadOperation
    Members all() {
        View seen = view.get();
        Instant now = clock.instant();
        List<MemberView> members = seen.members().stream()
                .map(member -> MemberView.of(member, now))
                .toList();
        return new Members(
                seen.self(),
                isMember.getAsBoolean(),
                seen.leader(service).map(MemberRecord::id).orElse(null),
                members);
    }

    /** @return null if it is not known */
    @ReadOperation
    @Nullable MemberView member(@Selector String id) {
        return all().members().stream()
                .filter(member -> member.id().equals(id))
                .findAny()
                .orElse(null);
    }
}
