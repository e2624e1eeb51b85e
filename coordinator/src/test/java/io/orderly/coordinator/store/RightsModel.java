package io.orderly.coordinator.store;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The specification of what callers may do, by each permission of each role at each point of a range, without a union or a cache. */
final class RightsModel {

    private final AuthState auth;
    private final @Nullable Caller caller;
    private final SortedMap<Bytes, KeyValue> map;

    /** @param map as the command meets it */
    RightsModel(AuthState auth, @Nullable Caller caller, SortedMap<Bytes, KeyValue> map) {
        this.auth = auth;
        this.caller = caller;
        this.map = map;
    }

    @Nullable AuthRefusal refusalOf(StoreCommand command) {
        if (!auth.isEnabled() || isOfMembers(command)) {
            return null;
        }
        if (caller == null) {
            return AuthRefusal.USER_EMPTY;
        }
        User user = auth.user(caller.user()).orElse(null);
        if (user == null || user.passwordRevision() != caller.passwordRevision()) {
            return AuthRefusal.INVALID_TOKEN;
        }
        return user.roles().contains("root") || isPermitted(command, user) ? null : AuthRefusal.PERMISSION_DENIED;
    }

    private static boolean isOfMembers(StoreCommand command) {
        return command instanceof StoreCommand.LeaseTakeOver
                || command instanceof StoreCommand.LeaseCheckpoint
                || command instanceof StoreCommand.LeaseExpire
                || command instanceof StoreCommand.LeaseKeepAlive
                || command instanceof StoreCommand.RaiseTimestampBound
                || command instanceof StoreCommand.DescribeMember
                || command instanceof StoreCommand.PublishMember
                || command instanceof StoreCommand.ForgetMember;
    }

    private boolean isPermitted(StoreCommand command, User user) {
        return switch (command) {
            case StoreCommand.InSession request -> isPermitted(request.command(), user);
            case StoreCommand.LeaseRevoke(long id) -> writesKeysOf(id, user);
            case StoreCommand.Put put -> isPermitted((Operation) put, user);
            case StoreCommand.DeleteRange delete -> isPermitted((Operation) delete, user);
            case StoreCommand.Txn txn -> isPermitted((Operation) txn, user);
            case StoreCommand.ChangeAuth _, StoreCommand.SetLimits _ -> false;
            default -> true;
        };
    }

    private boolean isPermitted(Operation operation, User user) {
        return switch (operation) {
            case Operation.Range range -> reads(range.keys(), user);
            case StoreCommand.Put put ->
                writes(KeyRange.of(put.key()), user)
                        && writesKeysOf(put.lease(), user)
                        && (!put.returnPrevious() || reads(KeyRange.of(put.key()), user));
            case StoreCommand.DeleteRange delete ->
                writes(delete.keys(), user) && (!delete.returnPrevious() || reads(delete.keys(), user));
            case StoreCommand.Txn txn ->
                txn.compares().stream().allMatch(compare -> reads(compare.keys(), user))
                        && txn.then().stream().allMatch(inner -> isPermitted(inner, user))
                        && txn.otherwise().stream().allMatch(inner -> isPermitted(inner, user));
        };
    }

    private boolean writesKeysOf(long lease, User user) {
        return lease == 0
                || map.values().stream()
                        .filter(one -> one.lease() == lease)
                        .allMatch(one -> writes(KeyRange.of(one.key()), user));
    }

    private boolean reads(KeyRange keys, User user) {
        return covers(keys, user, access -> access != Permission.Access.WRITE);
    }

    private boolean writes(KeyRange keys, User user) {
        return covers(keys, user, access -> access != Permission.Access.READ);
    }

    /** Between the points at which a permission begins or ends nothing changes. */
    private boolean covers(KeyRange keys, User user, Predicate<Permission.Access> isOf) {
        List<KeyRange> permitted = user.roles().stream()
                .flatMap(name -> auth.role(name).stream())
                .flatMap(role -> role.permissions().stream())
                .filter(permission -> isOf.test(permission.access()))
                .map(Permission::keys)
                .toList();
        Bytes first = keys.first().isEmpty() ? Bytes.of((byte) 0) : keys.first();
        List<Bytes> points = new ArrayList<>(List.of(first));
        for (KeyRange range : permitted) {
            points.add(range.first());
            if (range.end() != null) {
                points.add(range.end());
            }
        }
        return points.stream()
                .filter(point -> point.equals(first) || point.compareTo(first) > 0 && keys.contains(point))
                .allMatch(point -> permitted.stream().anyMatch(range -> range.contains(point)));
    }
}
