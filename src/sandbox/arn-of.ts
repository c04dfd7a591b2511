import { partitionOf } from '../template/intrinsics/pseudo-parameters';

/** The ARN of a resource, in the partition of its Region; in `aws` where no partition has such a Region. */
export function arnOf(service: string, { account, region }: { readonly account: string; readonly region: string }, resource: string): string {
  return `arn:${partitionOf(region) ?? 'aws'}:${service}:${region}:${account}:${resource}`;
}
