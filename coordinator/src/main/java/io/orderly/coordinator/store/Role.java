package io.orderly.coordinator.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the users with this role may do.
 *
 * @param permissions by their keys; no two have the same ends
 */
public record Role(String name, List<Permission> permissions) {

    private static final Comparator<Permission> BY_KEYS =
            Comparator.comparing(Permission::key).thenComparing(Permission::rangeEnd);

    public Role {
        permissions = permissions.stream().sorted(BY_KEYS).toList();
    }

    /** In place of the one with the same ends. */
    Role with(Permission permission) {
        List<Permission> changed = new ArrayList<>(without(permission.key(), permission.rangeEnd()).permissions);
        changed.add(permission);
        return new Role(name, changed);
    }

    Role without(Bytes key, Bytes rangeEnd) {
        return new Role(
                name,
                permissions.stream().filter(one -> !one.hasEnds(key, rangeEnd)).toList());
    }

    long sizeInBytes() {
        return AuthState.OVERHEAD_BYTES * (1L + permissions.size())
                + 3L * name.length()
                + permissions.stream()
                        .mapToLong(
                                one -> one.key().size() + (long) one.rangeEnd().size())
                        .sum();
    }

    long digest() {
        Digest digest = new Digest(Digest.Kind.ROLE).with(Bytes.utf8(name)).with(permissions.size());
        permissions.forEach(
                one -> digest.with(one.access().ordinal()).with(one.key()).with(one.rangeEnd()));
        return digest.value();
    }

    void write(Encoder to) {
        to.bytes(Bytes.utf8(name)).number(permissions.size());
        permissions.forEach(one -> one.write(to));
    }

    static Role read(Decoder from) {
        return new Role(from.bytes().toUtf8(), from.list(() -> Permission.read(from)));
    }
}
