package io.orderly.coordinator.store;

/**
 * A change of users and roles, as it is in the log. Everything that is random or takes long was done by the member that proposed it:
 * hashes of passwords, and the key that signs tokens.
 */
public sealed interface AuthChange {

    /**
     * From now on each request is made by a user. No effect if that is so already.
     *
     * @param tokenKey signs the tokens from now on; tokens from before are not valid
     */
    record Enable(Secret tokenKey) implements AuthChange {}

    /** From now on everyone may do everything. Users and roles are kept. */
    record Disable() implements AuthChange {}

    /** @param password its hash */
    record AddUser(String name, Secret password) implements AuthChange {}

    record DeleteUser(String name) implements AuthChange {}

    /**
     * Tokens from before are not valid any more. A user without a password keeps none, as in etcd.
     *
     * @param password its hash
     */
    record ChangePassword(String name, Secret password) implements AuthChange {}

    record GrantRole(String user, String role) implements AuthChange {}

    record RevokeRole(String user, String role) implements AuthChange {}

    record AddRole(String name) implements AuthChange {}

    /** Its users lose it. */
    record DeleteRole(String name) implements AuthChange {}

    /** In place of the permission of the role with the same ends. */
    record GrantPermission(String role, Permission permission) implements AuthChange {}

    /** The ends are those with which it was granted. */
    record RevokePermission(String role, Bytes key, Bytes rangeEnd) implements AuthChange {}
}
