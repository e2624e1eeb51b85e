package io.orderly.gossip.simulation;

import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.message.Message;
import io.orderly.gossip.protocol.GossipMember;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;

/** A process in the simulation. */
final class SimulatedMember {

    /** What the socket buffer of a paused process holds; further datagrams are lost. */
    private static final int BUFFERED_MAX = 100;

    enum State {
        RUNNING,
        PAUSED,
        STOPPED
    }

    record Arrival(InetSocketAddress from, Message message) {}

    private final MemberDescription description;
    private final GossipMember machine;
    private final Queue<Arrival> buffered = new ArrayDeque<>();
    private State state = State.RUNNING;
    private boolean refused;

    SimulatedMember(MemberDescription description, GossipMember machine) {
        this.description = description;
        this.machine = machine;
    }

    String id() {
        return description.id();
    }

    MemberDescription description() {
        return description;
    }

    InetSocketAddress address() {
        return description.gossipAddress();
    }

    GossipMember machine() {
        return machine;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    boolean isStopped() {
        return state == State.STOPPED;
    }

    /** Whether it stopped because another process has its id. */
    boolean isRefused() {
        return refused;
    }

    void become(State newState) {
        state = newState;
    }

    void refuse() {
        refused = true;
        state = State.STOPPED;
    }

    void buffer(Arrival arrival) {
        if (buffered.size() < BUFFERED_MAX) {
            buffered.add(arrival);
        }
    }

    Queue<Arrival> buffered() {
        return buffered;
    }

    @Override
    public String toString() {
        return id() + " at " + address();
    }
}
