package io.orderly.coordinator.store;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Applies changes of users and roles, by etcd's rules. What the caller may change was checked before. */
final class AuthRules {

    private final AuthState before;
    private final SortedMap<String, User> users = new TreeMap<>();
    private final SortedMap<String, Role> roles = new TreeMap<>();

    /** The change is refused. */
    static final class RefusedException extends Exception {

        private final AuthRefusal refusal;

        private RefusedException(AuthRefusal refusal) {
            super(refusal.toString(), null, false, false);
            this.refusal = refusal;
        }

        AuthRefusal refusal() {
            return refusal;
        }
    }

    private AuthRules(AuthState before) {
        this.before = before;
        before.users().forEach(user -> users.put(user.name(), user));
        before.roles().forEach(role -> roles.put(role.name(), role));
    }

    /** @throws RefusedException if it has no effect */
    static AuthState apply(AuthState before, AuthChange change) throws RefusedException {
        AuthState after = new AuthRules(before).apply(change);
        if (after.sizeInBytes() > AuthState.MAX_BYTES && after.sizeInBytes() > before.sizeInBytes()) {
            throw new RefusedException(AuthRefusal.TOO_LARGE);
        }
        return after;
    }

    private AuthState apply(AuthChange change) throws RefusedException {
        return switch (change) {
            case AuthChange.Enable(Secret tokenKey) -> enabled(tokenKey);
            case AuthChange.Disable() -> before.isEnabled() ? next(false) : before;
            case AuthChange.AddUser(String name, Secret password) -> {
                require(!name.isEmpty(), AuthRefusal.USER_EMPTY);
                require(!users.containsKey(name), AuthRefusal.USER_EXISTS);
                yield with(new User(name, password, before.revision() + 1, List.of()));
            }
            case AuthChange.DeleteUser(String name) -> {
                requireNotRoot(name);
                users.remove(user(name).name());
                yield next(before.isEnabled());
            }
            case AuthChange.ChangePassword(String name, Secret password) -> {
                User user = user(name);
                Secret changed = user.password().isNone() ? Secret.NONE : password;
                yield with(new User(name, changed, before.revision() + 1, user.roles()));
            }
            case AuthChange.GrantRole(String name, String role) -> {
                User user = user(name);
                require(role.equals(User.ROOT) || roles.containsKey(role), AuthRefusal.ROLE_NOT_FOUND);
                yield user.hasRole(role) ? before : with(user.with(role));
            }
            case AuthChange.RevokeRole(String name, String role) -> {
                if (role.equals(User.ROOT)) {
                    requireNotRoot(name);
                }
                User user = user(name);
                require(user.hasRole(role), AuthRefusal.ROLE_NOT_GRANTED);
                yield with(user.without(role));
            }
            case AuthChange.AddRole(String name) -> {
                require(!name.isEmpty(), AuthRefusal.ROLE_EMPTY);
                require(!roles.containsKey(name), AuthRefusal.ROLE_EXISTS);
                yield with(new Role(name, List.of()));
            }
            case AuthChange.DeleteRole(String name) -> {
                requireNotRoot(name);
                roles.remove(role(name).name());
                users.replaceAll((_, user) -> user.without(name));
                yield next(before.isEnabled());
            }
            case AuthChange.GrantPermission(String name, Permission permission) -> {
                require(permission.hasKeys(), AuthRefusal.INVALID_MANAGEMENT);
                yield with(role(name).with(permission));
            }
            case AuthChange.RevokePermission(String name, Bytes key, Bytes rangeEnd) -> {
                Role role = role(name);
                Role left = role.without(key, rangeEnd);
                require(!left.equals(role), AuthRefusal.PERMISSION_NOT_GRANTED);
                yield with(left);
            }
        };
    }

    /** As in etcd, the revision stays. */
    private AuthState enabled(Secret tokenKey) throws RefusedException {
        if (before.isEnabled()) {
            return before;
        }
        require(users.containsKey(User.ROOT), AuthRefusal.ROOT_USER_MISSING);
        require(user(User.ROOT).isRoot(), AuthRefusal.ROOT_ROLE_MISSING);
        return new AuthState(true, before.revision(), tokenKey, before.users(), before.roles());
    }

    private AuthState with(User user) {
        users.put(user.name(), user);
        return next(before.isEnabled());
    }

    private AuthState with(Role role) {
        roles.put(role.name(), role);
        return next(before.isEnabled());
    }

    private AuthState next(boolean isEnabled) {
        return new AuthState(isEnabled, before.revision() + 1, before.tokenKey(), users.values(), roles.values());
    }

    private User user(String name) throws RefusedException {
        User user = users.get(name);
        if (user == null) {
            throw new RefusedException(AuthRefusal.USER_NOT_FOUND);
        }
        return user;
    }

    private Role role(String name) throws RefusedException {
        Role role = roles.get(name);
        if (role == null) {
            throw new RefusedException(AuthRefusal.ROLE_NOT_FOUND);
        }
        return role;
    }

    /** @param name of the user or the role that loses something */
    private void requireNotRoot(String name) throws RefusedException {
        require(!before.isEnabled() || !name.equals(User.ROOT), AuthRefusal.INVALID_MANAGEMENT);
    }

    private static void require(boolean condition, AuthRefusal otherwise) throws RefusedException {
        if (!condition) {
            throw new RefusedException(otherwise);
        }
    }
}
