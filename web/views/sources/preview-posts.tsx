import type { Answer } from '../../../src/server/api-types.ts';
import { moment } from '../../format/reader-locale.ts';
import { Foreign, PostText } from '../../parts/post-text.tsx';

/** What the first records of a file become. */
export function PreviewPosts({ posts }: { posts: Answer<'preview'>['posts'] }) {
  return (
    <div className="scroll-table" tabIndex={0} role="region" aria-label="First posts of the file">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            <th scope="col">Platform</th>
            <th scope="col">Account</th>
            <th scope="col">Text</th>
            <th scope="col">Links and hashtags</th>
          </tr>
        </thead>
        <tbody>
          {posts.slice(0, 12).map((post, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two records may be the same post
            <tr key={`${post.postId} ${place}`}>
              <td>{post.time ? moment(post.time, 'utc') : 'unknown'}</td>
              <td>{post.platform}</td>
              <td>
                <Foreign text={post.handle ?? post.account} most={28} />
              </td>
              <td>
                <PostText text={post.text} most={140} whole={false} />
              </td>
              <td className="small">
                <Foreign
                  text={[...post.urls, ...post.hashtags.map((tag) => `#${tag}`)].slice(0, 4).join(' ')}
                  most={120}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
