package io.orderly.coordinator.store;

/** Why a caller may not do something, or why a change of users and roles was refused. The cases are those of etcd. */
public enum AuthRefusal {
    /** Authentication is enabled, and the request names no user; or the name of a new user is empty. */
    USER_EMPTY,

    /** There is no such user any more, or its password has changed since it authenticated; or the token was never valid. */
    INVALID_TOKEN,

    PERMISSION_DENIED,

    /** Authentication needs a user {@code root}. */
    ROOT_USER_MISSING,

    /** Authentication needs a user {@code root} with the role {@code root}. */
    ROOT_ROLE_MISSING,

    USER_EXISTS,
    USER_NOT_FOUND,
    ROLE_EMPTY,
    ROLE_EXISTS,
    ROLE_NOT_FOUND,
    ROLE_NOT_GRANTED,
    PERMISSION_NOT_GRANTED,

    /** While authentication is enabled, root must stay root. Or the range of a permission has no key. */
    INVALID_MANAGEMENT,

    /** Users and roles would take more than {@link AuthState#MAX_BYTES}. */
    TOO_LARGE
}
