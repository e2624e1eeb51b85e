package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is replicated about the members. Immutable; a change returns another one.
 *
 * @param all by id
 */
record MemberDescriptions(List<MemberDescription> all) {

    static final MemberDescriptions NONE = new MemberDescriptions(List.of());

    /** More than a cluster may have members, since those that were removed may not be forgotten yet. */
    static final int MAX_MEMBERS = 64;

    MemberDescriptions {
        all = all.stream().sorted(Comparator.comparing(MemberDescription::id)).toList();
    }

    boolean has(NodeId id) {
        return all.stream().anyMatch(one -> one.id().equals(id));
    }

    /** In place of what is known of that member. */
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
