package io.orderly.gossip.protocol;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Probes that this member makes for others, of this period and the last one; bounded in number. */
final class Relays {

    /**
     * @param requester where the answer goes
     * @param nonce of the request
     * @param target the id of the probed member
     * @param period in which it was requested
     */
    record Relay(InetSocketAddress requester, long nonce, String target, long period) {}

    private static final int RELAYS_MAX = 1_000;

    private final Map<Long, Relay> byNonce = new LinkedHashMap<>();

    /** @return whether there was room */
    boolean add(long nonce, Relay relay) {
        if (byNonce.size() >= RELAYS_MAX) {
            return false;
        }
        byNonce.put(nonce, relay);
        return true;
    }

    /** Ends a relay, if the nonce is of one and the target answered. */
    @Nullable Relay answered(long nonce, String by) {
        Relay relay = byNonce.get(nonce);
        if (relay == null || !relay.target.equals(by)) {
            return null;
        }
        return byNonce.remove(nonce);
    }

    void beginPeriod(long period) {
        byNonce.values().removeIf(relay -> relay.period < period - 1);
    }
}
