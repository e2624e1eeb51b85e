package io.orderly.coordinator.partitions;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.partitions.MemberId;
import java.util.Optional;

/**
 * The keys of the partitions of a service: {@code /partitions/<service>/map}, {@code /partitions/<service>/members/<id>} and {@code
 * /partitions/<service>/leader/…}.
 *
 * @param service the name of the service
 */
record PartitionKeys(String service) {

    /** All keys that an instance watches. */
    KeyRange all() {
        return KeyRange.startingWith(Bytes.utf8(prefix()));
    }

    Bytes map() {
        return Bytes.utf8(prefix() + "map");
    }

    Bytes member(MemberId member) {
        return Bytes.utf8(membersPrefix() + member);
    }

    /** The name of the election. */
    String election() {
        return prefix() + "leader";
    }

    /** The member of a key; empty if it is not the key of a member. */
    Optional<MemberId> member(Bytes key) {
        String text = key.toUtf8();
        if (!text.startsWith(membersPrefix())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MemberId(text.substring(membersPrefix().length())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private String prefix() {
        return "/partitions/%s/".formatted(service);
    }

    private String membersPrefix() {
        return prefix() + "members/";
    }
}
