package io.orderly.coordinator.etcd;

import io.orderly.coordinator.api.etcd.AuthRoleGrantPermissionRequest;
import io.orderly.coordinator.store.Permission;

/** Permissions between messages and store. */
final class Permissions {

    private Permissions() {}

    /** @throws io.grpc.StatusRuntimeException if there is none, or its type is unknown */
    static Permission of(AuthRoleGrantPermissionRequest request) {
        if (!request.hasPerm()) {
            throw EtcdError.PERMISSION_NOT_GIVEN.exception();
        }
        var permission = request.getPerm();
        Permission.Access access = switch (permission.getPermType()) {
            case READ -> Permission.Access.READ;
            case WRITE -> Permission.Access.WRITE;
            case READWRITE -> Permission.Access.READ_WRITE;
            case UNRECOGNIZED ->
                throw Refusals.invalid("unknown type of a permission: " + permission.getPermTypeValue())
                        .asRuntimeException();
        };
        return new Permission(
                access, ByteStrings.bytes(permission.getKey()), ByteStrings.bytes(permission.getRangeEnd()));
    }

    static io.orderly.coordinator.api.etcd.Permission message(Permission permission) {
        return io.orderly.coordinator.api.etcd.Permission.newBuilder()
                .setPermType(
                        switch (permission.access()) {
                            case READ -> io.orderly.coordinator.api.etcd.Permission.Type.READ;
                            case WRITE -> io.orderly.coordinator.api.etcd.Permission.Type.WRITE;
                            case READ_WRITE -> io.orderly.coordinator.api.etcd.Permission.Type.READWRITE;
                        })
                .setKey(ByteStrings.byteString(permission.key()))
                .setRangeEnd(ByteStrings.byteString(permission.rangeEnd()))
                .build();
    }
}
