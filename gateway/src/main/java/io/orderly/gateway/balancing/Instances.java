package io.orderly.gateway.balancing;

import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.protocol.View;
import io.orderly.kit.members.KnownMembers;
import java.util.List;

/** The instances of services among the members. */
public final class Instances {

    private final KnownMembers members;

    public Instances(KnownMembers members) {
        this.members = members;
    }

    /** The instances of the service that are alive or suspected, by id. */
    public List<Instance> of(String service) {
        return members.view().live().stream()
                .filter(member -> member.record().description().service().equals(service))
                .map(Instances::instance)
                .toList();
    }

    private static Instance instance(View.Member member) {
        MemberRecord record = member.record();
        String url = record.description().httpUrl();
        return new Instance(
                record.id(),
                url.endsWith("/") ? url.substring(0, url.length() - 1) : url,
                member.liveness() == Liveness.SUSPECT,
                record.load());
    }
}
