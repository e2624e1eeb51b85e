package io.orderly.coordinator.store;

import java.util.ArrayList;
import java.util.List;

/**
 * A user of the store.
 *
 * @param password its hash, made by the member that was asked to add the user; {@link Secret#NONE} for a user that cannot authenticate
 * @param passwordRevision the revision of users and roles at which it was added, or its password changed last
 * @param roles sorted
 */
public record User(String name, Secret password, long passwordRevision, List<String> roles) {

    /** The name of the user and of the role that may do everything. */
    public static final String ROOT = "root";

    public User {
        roles = roles.stream().sorted().distinct().toList();
    }

    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    boolean isRoot() {
        return hasRole(ROOT);
    }

    User with(String role) {
        List<String> more = new ArrayList<>(roles);
        more.add(role);
        return new User(name, password, passwordRevision, more);
    }

    User without(String role) {
        return new User(
                name,
                password,
                passwordRevision,
                roles.stream().filter(one -> !one.equals(role)).toList());
    }

    long sizeInBytes() {
        return AuthState.OVERHEAD_BYTES * (1L + roles.size())
                + 3L * name.length()
                + password.content().size()
                + roles.stream().mapToLong(role -> 3L * role.length()).sum();
    }

    long digest() {
        Digest digest = new Digest(Digest.Kind.USER)
                .with(Bytes.utf8(name))
                .with(password.content())
                .with(passwordRevision)
                .with(roles.size());
        roles.forEach(role -> digest.with(Bytes.utf8(role)));
        return digest.value();
    }

    void write(Encoder to) {
        to.bytes(Bytes.utf8(name))
                .bytes(password.content())
                .number(passwordRevision)
                .number(roles.size());
        roles.forEach(role -> to.bytes(Bytes.utf8(role)));
    }

    static User read(Decoder from) {
        return new User(
                from.bytes().toUtf8(),
                new Secret(from.bytes()),
                from.number(),
                from.list(() -> from.bytes().toUtf8()));
    }
}
