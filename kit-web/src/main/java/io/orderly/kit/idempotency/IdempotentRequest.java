package io.orderly.kit.idempotency;

/**
 * A request with an idempotency key, so that it can be repeated.
 *
 * @param scope the endpoint and its caller, within which the key is unique; not empty
 * @param fingerprint distinguishes it from other requests with the same key
 * @param rawFingerprint the fingerprint of the request as received, for responses that were stored before keys had a scope
 */
public record IdempotentRequest(String scope, String key, Fingerprint fingerprint, Fingerprint rawFingerprint) {}
