package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.node.Storage;
import io.orderly.coordinator.peer.ForwardedReply;
import io.orderly.coordinator.peer.ForwardedRequest;
import io.orderly.coordinator.peer.PeerMessage;
import java.util.function.Consumer;

/** An event for the event loop of a member. */
sealed interface LoopEvent {

    /** A message of another member arrived. */
    record Arrived(NodeId from, PeerMessage message) implements LoopEvent {}

    /** @param listener called once, on the thread of the loop */
    record Submitted(ForwardedRequest request, Consumer<ForwardedReply> listener) implements LoopEvent {}

    /** An action on the state that the loop owns. */
    record Call(Runnable action) implements LoopEvent {}

    /** The thread of the disk has made a batch durable. */
    record Forced(Storage.ForceResult result) implements LoopEvent {}

    /** A part of a snapshot was read for another member. */
    record ChunkRead(Storage.ReadResult result) implements LoopEvent {}
}
