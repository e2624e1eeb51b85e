package io.orderly.gateway.balancing;

/**
 * An instance that requests may go to.
 *
 * @param id of the member
 * @param url scheme, host and port, without a slash at the end
 * @param suspect whether a probe of it failed
 * @param load its requests in progress, as it announced last; from 0
 */
public record Instance(String id, String url, boolean suspect, int load) {}
