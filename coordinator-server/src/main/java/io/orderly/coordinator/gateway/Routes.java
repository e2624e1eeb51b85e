package io.orderly.coordinator.gateway;

import io.grpc.MethodDescriptor;
import io.orderly.coordinator.api.etcd.AuthGrpc;
import io.orderly.coordinator.api.etcd.ClusterGrpc;
import io.orderly.coordinator.api.etcd.ElectionGrpc;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.LeaseGrpc;
import io.orderly.coordinator.api.etcd.LockGrpc;
import io.orderly.coordinator.api.etcd.MaintenanceGrpc;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import java.util.Map;
import java.util.Optional;

/** The paths of etcd's gateway, all of them for POST (etcd's {@code rpc.proto}, annotations {@code google.api.http}). */
final class Routes {

    private static final String PREFIX = "/v3/";

    /** A path prefix of etcd 3.3, which etcd 3.4 and Patroni support as well. */
    private static final String EARLIER_PREFIX = "/v3beta/";

    private static final Map<String, Route> ROUTES = Map.ofEntries(
            to("kv/range", KVGrpc.getRangeMethod()),
            to("kv/put", KVGrpc.getPutMethod()),
            to("kv/deleterange", KVGrpc.getDeleteRangeMethod()),
            to("kv/txn", KVGrpc.getTxnMethod()),
            to("kv/compaction", KVGrpc.getCompactMethod()),
            to("watch", WatchGrpc.getWatchMethod()),
            to("lease/grant", LeaseGrpc.getLeaseGrantMethod()),
            to("lease/revoke", LeaseGrpc.getLeaseRevokeMethod()),
            to("lease/keepalive", LeaseGrpc.getLeaseKeepAliveMethod()),
            to("lease/timetolive", LeaseGrpc.getLeaseTimeToLiveMethod()),
            to("lease/leases", LeaseGrpc.getLeaseLeasesMethod()),
            to("kv/lease/revoke", LeaseGrpc.getLeaseRevokeMethod()),
            to("kv/lease/timetolive", LeaseGrpc.getLeaseTimeToLiveMethod()),
            to("kv/lease/leases", LeaseGrpc.getLeaseLeasesMethod()),
            to("lock/lock", LockGrpc.getLockMethod()),
            to("lock/unlock", LockGrpc.getUnlockMethod()),
            to("election/campaign", ElectionGrpc.getCampaignMethod()),
            to("election/proclaim", ElectionGrpc.getProclaimMethod()),
            to("election/leader", ElectionGrpc.getLeaderMethod()),
            to("election/observe", ElectionGrpc.getObserveMethod()),
            to("election/resign", ElectionGrpc.getResignMethod()),
            to("cluster/member/add", ClusterGrpc.getMemberAddMethod()),
            to("cluster/member/remove", ClusterGrpc.getMemberRemoveMethod()),
            to("cluster/member/update", ClusterGrpc.getMemberUpdateMethod()),
            to("cluster/member/list", ClusterGrpc.getMemberListMethod()),
            to("cluster/member/promote", ClusterGrpc.getMemberPromoteMethod()),
            to("maintenance/alarm", MaintenanceGrpc.getAlarmMethod()),
            to("maintenance/status", MaintenanceGrpc.getStatusMethod()),
            to("maintenance/defragment", MaintenanceGrpc.getDefragmentMethod()),
            to("maintenance/hash", MaintenanceGrpc.getHashMethod()),
            to("maintenance/hashkv", MaintenanceGrpc.getHashKVMethod()),
            to("maintenance/snapshot", MaintenanceGrpc.getSnapshotMethod()),
            to("maintenance/transfer-leadership", MaintenanceGrpc.getMoveLeaderMethod()),
            to("maintenance/downgrade", MaintenanceGrpc.getDowngradeMethod()),
            to("auth/enable", AuthGrpc.getAuthEnableMethod()),
            to("auth/disable", AuthGrpc.getAuthDisableMethod()),
            to("auth/status", AuthGrpc.getAuthStatusMethod()),
            to("auth/authenticate", AuthGrpc.getAuthenticateMethod()),
            to("auth/user/add", AuthGrpc.getUserAddMethod()),
            to("auth/user/get", AuthGrpc.getUserGetMethod()),
            to("auth/user/list", AuthGrpc.getUserListMethod()),
            to("auth/user/delete", AuthGrpc.getUserDeleteMethod()),
            to("auth/user/changepw", AuthGrpc.getUserChangePasswordMethod()),
            to("auth/user/grant", AuthGrpc.getUserGrantRoleMethod()),
            to("auth/user/revoke", AuthGrpc.getUserRevokeRoleMethod()),
            to("auth/role/add", AuthGrpc.getRoleAddMethod()),
            to("auth/role/get", AuthGrpc.getRoleGetMethod()),
            to("auth/role/list", AuthGrpc.getRoleListMethod()),
            to("auth/role/delete", AuthGrpc.getRoleDeleteMethod()),
            to("auth/role/grant", AuthGrpc.getRoleGrantPermissionMethod()),
            to("auth/role/revoke", AuthGrpc.getRoleRevokePermissionMethod()));

    private Routes() {}

    /** @param path without a query */
    static Optional<Route> of(String path) {
        if (path.startsWith(PREFIX)) {
            return Optional.ofNullable(ROUTES.get(path.substring(PREFIX.length())));
        }
        return path.startsWith(EARLIER_PREFIX)
                ? Optional.ofNullable(ROUTES.get(path.substring(EARLIER_PREFIX.length())))
                : Optional.empty();
    }

    /** Whether a path would be that of a method, if there were one. */
    static boolean isForMethods(String path) {
        return path.startsWith(PREFIX) || path.startsWith(EARLIER_PREFIX);
    }

    private static Map.Entry<String, Route> to(String path, MethodDescriptor<?, ?> method) {
        return Map.entry(path, Route.of(method));
    }
}
