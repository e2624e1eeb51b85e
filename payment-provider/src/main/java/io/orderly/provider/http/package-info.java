/**
 * The HTTP API of the provider.
 *
 * <table>
 * <caption>Requests</caption>
 * <tr><td>{@code PUT /charges/{key}}</td><td>charges an amount, once per key: {@code
 * {"account":"cust-1","amount":"12.34", "currency":"EUR","reference":"order-1"}}</td></tr>
 * <tr><td>{@code GET /charges/{key}}</td><td>the payment; 404 if the key is unknown</td></tr>
 * <tr><td>{@code POST /charges/{key}/reversal}</td><td>reverses the payment: refunds a captured amount, voids any
 * other, and creates a tombstone for an unknown key</td></tr>
 * <tr><td>{@code PUT /authorizations/{key}}</td><td>holds an amount; body as for a charge</td></tr>
 * <tr><td>{@code GET /authorizations/{key}}</td><td>as for a charge: both use the same keys</td></tr>
 * <tr><td>{@code POST /authorizations/{key}/capture}</td><td>captures the held amount; 409 if none is held</td></tr>
 * <tr><td>{@code POST /authorizations/{key}/void}</td><td>voids the held amount, or creates a tombstone; 409 after the
 * capture</td></tr>
 * <tr><td>{@code GET /book?after=0&limit=100}</td><td>pages through all payments in the order of their latest change;
 * continue with {@code next} while {@code more} is true</td></tr>
 * <tr><td>{@code GET /book/summary}</td><td>sums over the whole book</td></tr>
 * <tr><td>{@code GET /traffic}</td><td>the number of requests about single payments since the start, with any response,
 * also during an outage</td></tr>
 * <tr><td>{@code GET /health}</td><td>200 while the process runs, also during an outage</td></tr>
 * <tr><td>{@code GET, PUT /settings}</td><td>the fault settings; fields that are absent from a PUT are reset to the
 * settings of the start</td></tr>
 * </table>
 *
 * <p>Each payment is returned with HTTP status 200 and its {@code status}: {@code CHARGED}, {@code AUTHORIZED}, {@code
 * DECLINED} with a {@code reason}, {@code VOIDED} or {@code REFUNDED}. HTTP statuses from 400 on concern the request
 * and not the payment, so a client can count them as failures without reading the body. They are problem details
 * according to RFC 9457, with the invalid {@code field} if there is one. This includes requests that violate HTTP.
 *
 * <p>400 is a request that cannot be parsed, 422 a request that cannot be executed, for example because its key belongs
 * to another request. HEAD is allowed wherever GET is. A request, including its body, has to arrive within 10 s;
 * otherwise its connection is closed, with a 408 if the header had arrived. After a 5xx or a lost connection the
 * outcome is unknown: look the key up, repeat the request, or reverse it.
 */
@NullMarked
package io.orderly.provider.http;

import org.jspecify.annotations.NullMarked;
