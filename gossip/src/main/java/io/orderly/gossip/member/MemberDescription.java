package io.orderly.gossip.member;

import java.net.InetSocketAddress;

/**
 * What does not change while a member runs.
 *
 * @param id unique in the cluster, such as {@code order-service-1}
 * @param service what the instance is an instance of
 * @param gossipAddress where it receives messages; resolved, with a port above 0
 * @param httpUrl where it receives requests
 * @param startedAtMillis when the process started, in milliseconds since the epoch; from 0
 */
public record MemberDescription(
        String id, String service, InetSocketAddress gossipAddress, String httpUrl, long startedAtMillis) {

    /** @throws IllegalArgumentException if a component is out of its bounds */
    public MemberDescription {
        MemberText.requireName("id", id);
        MemberText.requireName("service", service);
        MemberText.requireUrl(httpUrl);
        if (gossipAddress.isUnresolved() || gossipAddress.getPort() == 0) {
            throw new IllegalArgumentException("The gossip address is not resolved or has no port: " + gossipAddress);
        }
        if (startedAtMillis < 0) {
            throw new IllegalArgumentException("The member started before 1970: " + startedAtMillis);
        }
    }

    /** Whether both describe the same process: the same id, started at the same time and place. */
    public boolean isSameProcess(MemberDescription other) {
        return id.equals(other.id)
                && startedAtMillis == other.startedAtMillis
                && gossipAddress.equals(other.gossipAddress);
    }
}
