package io.orderly.kit.idempotency;

/**
 * A request that its client has named, so that it can be repeated.
 *
 * @param scope within which the key names one request: an endpoint and its caller; not empty
 * @param fingerprint tells it from another request under the same key
 * @param asSent the same, of the bytes as they came: for answers that were stored before keys had a scope
 */
public record IdempotentRequest(String scope, String key, Fingerprint fingerprint, Fingerprint asSent) {}
