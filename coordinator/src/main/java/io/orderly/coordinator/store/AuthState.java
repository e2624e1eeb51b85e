package io.orderly.coordinator.store;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Users, roles, and what they may do. Immutable, for any thread; a change makes another one.
 *
 * <p>While it is not enabled, everyone may do everything. While it is, a caller may do what the roles of its user permit, and a user with
 * the role {@code root} everything. The rules are those of etcd.
 */
public final class AuthState {

    /** Of all users and roles, with an allowance for each. It is a rule of the replicated state, like the limits of work. */
    public static final long MAX_BYTES = 4L << 20;

    /** The allowance for a user, a role, a permission, and a role of a user. */
    static final int OVERHEAD_BYTES = 64;

    /** Before the first change, as in etcd. */
    private static final long FIRST_REVISION = 1;

    static final AuthState INITIAL = new AuthState(false, FIRST_REVISION, Secret.NONE, List.of(), List.of());

    private final boolean enabled;
    private final long revision;
    private final Secret tokenKey;
    private final SortedMap<String, User> users;
    private final SortedMap<String, Role> roles;
    private final long hash;
    private final long elements;

    /** By the roles of the user, which many users share; made when they are needed first, since most users are not there when rights change. */
    private final Map<List<String>, Rights> rights = new ConcurrentHashMap<>();

    private record Rights(KeyRights readable, KeyRights writable) {}

    /** @param tokenKey {@link Secret#NONE} if it was never enabled */
    AuthState(boolean enabled, long revision, Secret tokenKey, Collection<User> users, Collection<Role> roles) {
        this.enabled = enabled;
        this.revision = revision;
        this.tokenKey = tokenKey;
        this.users = byName(users, User::name);
        this.roles = byName(roles, Role::name);
        hash = isInitial() ? 0 : digest();
        elements = this.users.values().stream()
                        .mapToLong(user -> 1L + user.roles().size())
                        .sum()
                + this.roles.values().stream()
                        .mapToLong(role -> 1L + role.permissions().size())
                        .sum();
    }

    private static <T> SortedMap<String, T> byName(Collection<T> all, Function<T, String> name) {
        SortedMap<String, T> map = new TreeMap<>();
        all.forEach(one -> map.put(name.apply(one), one));
        return Collections.unmodifiableSortedMap(map);
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** Grows with each change. */
    public long revision() {
        return revision;
    }

    /** Signs tokens, the same on all members. */
    public Secret tokenKey() {
        return tokenKey;
    }

    public Optional<User> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    public Optional<Role> role(String name) {
        return Optional.ofNullable(roles.get(name));
    }

    /** By name. */
    public Collection<User> users() {
        return users.values();
    }

    /** By name. */
    public Collection<Role> roles() {
        return roles.values();
    }

    // who may do what

    /**
     * Whether a caller is a user.
     *
     * @param caller null for a request without a user
     * @return null if it is, or need not be one
     */
    public @Nullable AuthRefusal refusalOf(@Nullable Caller caller) {
        if (!enabled) {
            return null;
        }
        if (caller == null) {
            return AuthRefusal.USER_EMPTY;
        }
        return userOf(caller) == null ? AuthRefusal.INVALID_TOKEN : null;
    }

    /** Whether a caller may administer the cluster. */
    public @Nullable AuthRefusal refusalOfAdministration(@Nullable Caller caller) {
        return isRoot(caller) ? null : orDenied(refusalOf(caller));
    }

    /** Whether a caller may read all keys of a range. */
    public @Nullable AuthRefusal refusalOfRead(@Nullable Caller caller, KeyRange keys) {
        return refusalOf(caller, user -> rights(user).readable.covers(keys));
    }

    /** Whether a caller may read all keys that a transaction compares or reads, in both lists. */
    public @Nullable AuthRefusal refusalOfReads(@Nullable Caller caller, StoreCommand.Txn txn) {
        AuthRefusal refusal = refusalOf(caller);
        return refusal != null
                ? refusal
                : txn.keysRead()
                        .map(keys -> refusalOfRead(caller, keys))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /** Whether a caller may write all keys of a range. */
    @Nullable AuthRefusal refusalOfWrite(@Nullable Caller caller, KeyRange keys) {
        return refusalOf(caller, user -> rights(user).writable.covers(keys));
    }

    /** Whether a caller may write each of some keys. */
    @Nullable AuthRefusal refusalOfWrite(@Nullable Caller caller, NavigableSet<Bytes> keys) {
        return refusalOf(caller, user -> rights(user).writable.coversAll(keys));
    }

    private @Nullable AuthRefusal refusalOf(@Nullable Caller caller, Predicate<User> isPermitted) {
        AuthRefusal refusal = refusalOf(caller);
        User user = userOf(caller);
        return refusal != null || !enabled || user == null || user.isRoot() || isPermitted.test(user)
                ? refusal
                : AuthRefusal.PERMISSION_DENIED;
    }

    private static AuthRefusal orDenied(@Nullable AuthRefusal refusal) {
        return refusal == null ? AuthRefusal.PERMISSION_DENIED : refusal;
    }

    /** Whether nothing is refused to a caller. */
    boolean isRoot(@Nullable Caller caller) {
        if (!enabled) {
            return true;
        }
        User user = userOf(caller);
        return user != null && user.isRoot();
    }

    /** The user of a caller, if its token is still valid. */
    public @Nullable User userOf(@Nullable Caller caller) {
        User user = caller == null ? null : users.get(caller.user());
        return user != null && user.passwordRevision() == caller.passwordRevision() ? user : null;
    }

    private Rights rights(User user) {
        return rights.computeIfAbsent(
                user.roles(),
                names -> new Rights(union(names, Permission.Access::reads), union(names, Permission.Access::writes)));
    }

    private KeyRights union(List<String> names, Predicate<Permission.Access> isOf) {
        Stream<Role> held = names.stream().map(roles::get).filter(role -> role != null);
        return new KeyRights(held.flatMap(role -> role.permissions().stream())
                .filter(permission -> isOf.test(permission.access()) && permission.hasKeys())
                .map(Permission::keys)
                .toList());
    }

    // as a part of the state

    long sizeInBytes() {
        return users.values().stream().mapToLong(User::sizeInBytes).sum()
                + roles.values().stream().mapToLong(Role::sizeInBytes).sum();
    }

    /** The number of users, roles, permissions, and roles of users. */
    long elements() {
        return elements;
    }

    private long digest() {
        return users.values().stream().mapToLong(User::digest).sum()
                + roles.values().stream().mapToLong(Role::digest).sum()
                + new Digest(Digest.Kind.AUTH)
                        .with(enabled ? 1 : 0)
                        .with(revision)
                        .with(tokenKey.content())
                        .value();
    }

    /** Of all that it holds; 0 before the first change, as for members that do not have it. */
    long hash() {
        return hash;
    }

    /** Whether there never was a change. */
    public boolean isInitial() {
        return revision == FIRST_REVISION;
    }
}
