package io.orderly.coordinator.etcd;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.orderly.coordinator.api.etcd.AuthGrpc;
import io.orderly.coordinator.api.etcd.ClusterGrpc;
import io.orderly.coordinator.api.etcd.MaintenanceGrpc;
import io.orderly.coordinator.auth.Tokens;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.store.AuthRefusal;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Caller;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the caller of each call by the token in its metadata, and gives the services the coordinator as that caller may use it. A call with a
 * token that is not valid is made by {@link Caller#UNKNOWN}, so that it is refused where a user is needed, with etcd's error. A stream is
 * authenticated when it is opened: what it may do is decided for each request, but its token may expire.
 */
final class Callers implements ServerInterceptor {

    /** What only an administrator may call, whatever the request is. The log checks changes of users once more. */
    private static final Set<String> ADMINISTRATION = Stream.of(
                    AuthGrpc.getAuthEnableMethod(),
                    AuthGrpc.getAuthDisableMethod(),
                    AuthGrpc.getUserAddMethod(),
                    AuthGrpc.getUserListMethod(),
                    AuthGrpc.getUserDeleteMethod(),
                    AuthGrpc.getUserChangePasswordMethod(),
                    AuthGrpc.getUserGrantRoleMethod(),
                    AuthGrpc.getUserRevokeRoleMethod(),
                    AuthGrpc.getRoleAddMethod(),
                    AuthGrpc.getRoleListMethod(),
                    AuthGrpc.getRoleDeleteMethod(),
                    AuthGrpc.getRoleGrantPermissionMethod(),
                    AuthGrpc.getRoleRevokePermissionMethod(),
                    ClusterGrpc.getMemberAddMethod(),
                    ClusterGrpc.getMemberRemoveMethod(),
                    ClusterGrpc.getMemberUpdateMethod(),
                    ClusterGrpc.getMemberPromoteMethod(),
                    MaintenanceGrpc.getDefragmentMethod(),
                    MaintenanceGrpc.getHashMethod(),
                    MaintenanceGrpc.getHashKVMethod(),
                    MaintenanceGrpc.getSnapshotMethod(),
                    MaintenanceGrpc.getMoveLeaderMethod(),
                    MaintenanceGrpc.getDowngradeMethod())
            .map(MethodDescriptor::getFullMethodName)
            .collect(Collectors.toUnmodifiableSet());

    private static final Context.Key<Caller> CALLER = Context.key("caller");

    /** Of gRPC clients, and of the JSON gateway. */
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Coordinator coordinator;
    private final Tokens tokens;

    Callers(Coordinator coordinator, Tokens tokens) {
        this.coordinator = coordinator;
        this.tokens = tokens;
    }

    /** For the call that is handled on this thread; to be kept for what is done of it later. */
    GuardedCoordinator current() {
        return new GuardedCoordinator(coordinator, CALLER.get());
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
        AuthState auth = coordinator.auth();
        String token = tokenOf(metadata);
        // while there never was a user, a token counts for nothing, and no command tells of one
        Caller caller = token == null || auth.isInitial() ? null : tokens.callerOf(token, auth);
        if (auth.isEnabled()
                && ADMINISTRATION.contains(call.getMethodDescriptor().getFullMethodName())) {
            AuthRefusal refusal = auth.refusalOfAdministration(caller);
            if (refusal != null) {
                call.close(Refusals.statusOf(refusal), new Metadata());
                return new ServerCall.Listener<>() {};
            }
        }
        return caller == null
                ? next.startCall(call, metadata)
                : Contexts.interceptCall(Context.current().withValue(CALLER, caller), call, metadata, next);
    }

    private static @Nullable String tokenOf(Metadata metadata) {
        String token = metadata.get(TOKEN);
        return token == null ? metadata.get(AUTHORIZATION) : token;
    }
}
