package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The replicated descriptions of the members. Immutable; a change returns a new instance.
 *
 * @param all the descriptions, by id
 */
record MemberDescriptions(List<MemberDescription> all) {

    static final MemberDescriptions NONE = new MemberDescriptions(List.of());

    /** More than the maximum number of members, since the descriptions of removed members are deleted later. */
    static final int MAX_MEMBERS = 64;

    MemberDescriptions {
        all = all.stream().sorted(Comparator.comparing(MemberDescription::id)).toList();
    }

    boolean has(NodeId id) {
        return find(id).isPresent();
    }

    Optional<MemberDescription> find(NodeId id) {
        return all.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Replaces the description of that member. */
    MemberDescriptions with(MemberDescription description) {
        List<MemberDescription> changed = new ArrayList<>(without(description.id()).all);
        changed.add(description);
        return new MemberDescriptions(changed);
    }

    MemberDescriptions without(NodeId id) {
        return new MemberDescriptions(
                all.stream().filter(one -> !one.id().equals(id)).toList());
    }

    long hash() {
        return all.stream().mapToLong(MemberDescription::digest).sum();
    }
}
