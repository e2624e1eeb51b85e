package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Voters and learners. Both lists are sorted, so that iteration has the same order on every node.
 *
 * @param voters decide by quorums; empty only for {@link #UNKNOWN}
 * @param learners receive the log and are never counted
 * @param highestId of all current and former members; the id of a removed member is not used again
 */
public record Membership(List<NodeId> voters, List<NodeId> learners, int highestId) {

    /** More members than this are refused: each one costs the leader bandwidth and each commit latency. */
    public static final int MAX_MEMBERS = 16;

    /** The membership of a node that has not joined yet: it waits, and never starts an election. */
    public static final Membership UNKNOWN = new Membership(List.of(), List.of());

    /** Without removed members. */
    public Membership(List<NodeId> voters, List<NodeId> learners) {
        this(
                voters,
                learners,
                Stream.concat(voters.stream(), learners.stream())
                        .mapToInt(NodeId::value)
                        .max()
                        .orElse(0));
    }

    /**
     * @throws IllegalArgumentException if a node is named twice or has too high an id, or there are learners without voters, or too
     *     many members
     */
    public Membership {
        voters = voters.stream().sorted().toList();
        learners = learners.stream().sorted().toList();
        long different =
                Stream.concat(voters.stream(), learners.stream()).distinct().count();
        if (different != voters.size() + learners.size()) {
            throw new IllegalArgumentException(
                    "a member is named twice: voters %s, learners %s".formatted(voters, learners));
        }
        if (voters.isEmpty() && !learners.isEmpty()) {
            throw new IllegalArgumentException("learners %s without a voter".formatted(learners));
        }
        int highest = highestId;
        if (Stream.concat(voters.stream(), learners.stream()).anyMatch(node -> node.value() > highest)) {
            throw new IllegalArgumentException("a member is above the highest id %d: voters %s, learners %s"
                    .formatted(highestId, voters, learners));
        }
        if (different > MAX_MEMBERS) {
            throw new IllegalArgumentException("%d members, more than %d".formatted(different, MAX_MEMBERS));
        }
    }

    /** Voters alone. */
    public static Membership of(Collection<NodeId> voters) {
        return new Membership(List.copyOf(voters), List.of());
    }

    /** Voters alone, by their numbers. */
    public static Membership of(int... voters) {
        return of(Arrays.stream(voters).mapToObj(NodeId::new).toList());
    }

    public boolean isVoter(NodeId node) {
        return voters.contains(node);
    }

    public boolean isLearner(NodeId node) {
        return learners.contains(node);
    }

    public boolean isMember(NodeId node) {
        return isVoter(node) || isLearner(node);
    }

    /** Whether a request removes a node that may have been a member and is no member any more, so that nothing is left to do. */
    boolean isDone(MembershipRequest request) {
        return request instanceof MembershipRequest.Remove(NodeId node) && !isMember(node) && node.value() <= highestId;
    }

    /** Why a request is invalid, as text; null if it is valid. */
    @Nullable String rejectionReason(MembershipRequest request) {
        NodeId node = request.node();
        return switch (request) {
            case MembershipRequest.AddLearner _ ->
                isMember(node)
                        ? "%s is a member already".formatted(node)
                        : node.value() <= highestId
                                ? "%s may have been a member before; take an id above %d".formatted(node, highestId)
                                : members().size() >= MAX_MEMBERS
                                        ? "there are %d members".formatted(MAX_MEMBERS)
                                        : null;
            case MembershipRequest.Promote _ -> isLearner(node) ? null : "%s is no learner".formatted(node);
            case MembershipRequest.Remove _ ->
                !isMember(node)
                        ? "%s is no member".formatted(node)
                        : voters.equals(List.of(node)) ? "%s is the last voter".formatted(node) : null;
        };
    }

    /** The membership after a valid request. */
    Membership after(MembershipRequest request) {
        List<NodeId> nextVoters = new ArrayList<>(voters);
        List<NodeId> nextLearners = new ArrayList<>(learners);
        NodeId node = request.node();
        switch (request) {
            case MembershipRequest.AddLearner _ -> nextLearners.add(node);
            case MembershipRequest.Promote _ -> {
                nextLearners.remove(node);
                nextVoters.add(node);
            }
            case MembershipRequest.Remove _ -> {
                nextLearners.remove(node);
                nextVoters.remove(node);
            }
        }
        return new Membership(nextVoters, nextLearners, Math.max(highestId, node.value()));
    }

    /** Voters and learners, in order of their ids. */
    public List<NodeId> members() {
        return Stream.concat(voters.stream(), learners.stream()).sorted().toList();
    }

    @Override
    public String toString() {
        return learners.isEmpty() ? voters.toString() : voters + " learning " + learners;
    }
}
