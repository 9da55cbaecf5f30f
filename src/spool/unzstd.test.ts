import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { UserError } from '../base/errors.ts';
import { unzstd } from './unzstd.ts';
import { XxHash64 } from './xxhash64.ts';
import { ZstdDamage } from './zstd-entropy.ts';

const noise = (seed: string, length: number): Buffer => {
  const parts: Buffer[] = [];
  for (let i = 0; 32 * i < length; i++) parts.push(createHash('sha256').update(`${seed}/${i}`).digest());
  return Buffer.concat(parts).subarray(0, length);
};
const letters = (seed: string, length: number): Buffer =>
  Buffer.from(Array.from(noise(seed, length), (byte) => 'eeeeaattiinnoosrhldcu .'.charCodeAt(byte % 23)));
const lines = (count: number): Buffer =>
  Buffer.from(
    Array.from({ length: count }, (_, i) => `{"id":${1e6 + i * i},"text":"post ${i % 97} of ${i % 13}"}\n`).join(''),
  );
const list = (count: number): Buffer =>
  Buffer.from(Array.from({ length: count }, (_, i) => `{"id":${i >> 5},"text":"post ${i % 7}"}\n`).join(''));

/** Written by zstd 1.5.4 with the options named. */
const samples: Record<string, { content: Buffer; packed: string }> = {
  '-1, two blocks': {
    content: list(9000),
    packed:
      'KLUv/QRI3GEAekNNHxmQJymMAbs613AFyt2Ztr0rIiIEUoRYFoMD+QHpAekBdznlLqfcopxyl1PucspdTrnLKeQup9zllLuccpdT7p5T7nLKXU65yyl3OcV3OeUup9zllLuccpedcpdT7nLKXU65yymnyyl3OeUup9zllLvclLuccpdT7nLKXU65VU65yyl3OeUup9zlFOYup9zllLuccpdT7g5OucspdznlLqfc5RRxl1PucspdTrnLKXcZptzllLuccpdT7nLK73LKXU65yyl3OeUuZ+Uup9zllLuccpdT7pZT7nLKXU65yyl3OTF3OeUup9zllLuccneccpdT7nLKXU65yym6yyl3OeUup9zllLvMptzllLuccnPKXU75cDnlLqfc5ZS7nHKXE8pdTrnLKXc55S6n3KGccpdT7nLKXU65y+m5yyl3OeUup9zllLvmlLuccpdT7nLKXU7pzSl3OeUup9zllLvklLuccpdT7nLKXU75XE65yyl3OeUup9zlpNzllLuccpdT7nLKrXLKXU65yyl3OeUup5G7nHKXU+5yyl1OuSs45S6n3OWUu5xyl1PCXU65yyl3OeUup9zlp9zllLuccpdT7nLK7XLKXU65yyl3OeUuV+Uup9zllLuccpdTbpZT7nLKXU65yyl3OS13OeUup9zllLuccleccpdT7nLKXU65y4nAAYMUKCBAgAEGBIOCAgAoGBgIweBAAAMDAuWUu5xyl1PCXU65yyl3OeUup9zlp9zllLuccpdT7nLK7XLKXU65yyl3OeUuV+Uup9zllLuccpdTbpZT7nLKXU65yyl3OS13OeUup9zllLuccleccpdT7nLKXU65yykJdznlLqfc5ZS7nHKXY8pdTrnLKXc55S6nXLiccpdT7nLKXU65ywXlLqfc5ZS7nHKXU+6XU+5yyl1Oucspdzk5dznlLqfc5ZS7nHK3nHKXU+5yyl1OucspvMspdznlLqfc5ZS73JS7nHKXU+5yyl1OuVxOucspdznlLqfc5XLlLqfc5ZS7nHKXU+5RTrnLKXc55S6n3OUkcpdT7nLKXU65yyl3A6fc5ZS7nHKXU+5yyu9yyl1OucspdznlLj3lLqfc5ZS7nHKXU16XU+5yyl1OucspdzkqdznlLqfc5ZS7nHKvnHKXU+5yyl1OuctJucspdznlLqfc5ZS7Mafc5ZS7nHKXU+5yyrjLKXc55S6n3OWUuxRT7nLKXU65yyl3OeXB5ZS7nHKXU+5yyl3uyl1OucspdznlLqfcLqfc5ZS7nHKXU+5yau5yyl1OucspdznlLjnlLqfc5ZS7nHKXU3aXU+5yyl1Oucspd6kpdznlLqfc5ZS7nPLU5ZS7nHKXU+5yyl1uKHc55S6nBJxyl1Pucspd7spdTrnLKXc55S6n3C6n3OWUu5xyl1PucmrucspdTrnLKXc55S455S6n3OWUu5xyl1N2l1PucspdTrnLKXepKXc55S6n3OWUu5zyyOWUu5xyl1Pucspdbih3OeUup9zllLuccotyyl1OucspdznlLqeQu5xyl1PucspdTrl7TrnLKXc55S6n3OUU3+WUu5xyl1PucsrLTrnLKXc55S6n3OWU0+WUu5xyl1PucspdbspdTrnLKXc55S6n3Cqn3OWUu5xyl1Pucopyl1PucspdTrnLKXcHp9zllLuccpdT7nKKuMspdznlLqfc5ZS7DFPucspdTrnLKXc55Xc55S6n3OWUu5xyl7Nyl1PucspdTrnLKXfLKXc55S6n3OWUu5yYu5xyl1PucspdTrk7TrnLKXc55S6n3OUU3eWUu5xyl1PucspdZky5yyl3OeUup9zllA+XU+5yyl1Oucspdzmh3OWUu5xyl1Pucsodyil3OeUup9zllLucnruccpdT7nLKXU65a065yyl3OeUup9zllN7llLuccpdT7nLKXXLKXU65yyl3OeUup3wup9zllLuccpdT7nJS7nLKXU65yyl3OeWOKKfc5ZS7nHKXU+5yGrnLKXc55S6n3OWUu4JT7nLKHbnLKXc55S6n3DWn3OWUu5xyl1PuckrvcspdTrnLKXc55S455S6n3OWUu5xyl1M+l1PucspdTrnLKXc5KXc55S6n3OWUu5xyx+WUu5xyl1PucspdTiN3OeUup9zllLuccldwyl1OucspdznlLqeEu5xyl1PucspdTrnLT7nLKXc55S6n3OWU2+WUu5xyl1PucspdrspdTrnLKXc55S6n3Cyn3OWUu5xyl1PuclrucspdTrnLKXc55a445S6n3OWUu5xyl1PSu5xyl1PucspdTrnLMeUup9zllLuccpdTLlxOucspdznlLqfc5YJyl1PucspdTrnLKffLKXc55S6n3OWUu5ycu5xyl1PucspdTrlbTrnLKXc55S6n3OUU3uWUu5xyl1PucspdbspdTrnLKXc55S6nXC6n3OWUu5xyl1PucqFyl1PucspdTrnLKfcop9zllLuccpdT7nISucspdznlLqfc5ZS7gVPucspdTrnLKXc55Xc55S6n3OWUu5xyl55yl1PucspdTrnLKa/LKXc55S6n3OWUuxyVu5xyl1PucspdTrlXTrnLKXc55S6n3OWk3OWUu5xyl1PucsrdjFPucspdTrnLKXc5ZdzllLuccpdT7nLKXYopdznlLqfc5ZS7nPLgcsrdlBioBMC//R/jL+kBFGAHJDAICAIAAECAAAF9UP0H52UQhKz/Zm62V+dwbcEJc7O9Wg5qvxwyCEJWbEgzN9tL53BtwQnTZnt1DjrUFsUNr87hcraXQwZByAob0szN7tU5XFtwwtxsr85B7ZdDBoKQFRvSzM326hyuLThhbrZXz0HtLocMgpAVG9LMzfbqHK4tOGFuNq/OQWbborjh1TlczvZyyCAIWbEhzbjZvTqHawtOmJvt1Tmo/XLIIAiyYkOaudlencO1BSfMzfbqOaj9cpBBELJiQ5q52V6dw7UFJ8zN9uo4yGxbFDe8OofL2V4OGQQhKzakmZu5V+dwbcEJc7O9Oge1Xw4ZBCErakgzN9urc7i24IS52V49B7VfDhkEQlZsSDM326tzuLbghLnZXp2DzLaF4oZX53A528shgyBkxYY0c7N71RyuLThhbrZX56D2yyGDIGTFhjTjZnt1DtcWnDA326vnoPbLIYMgxIoNaeZme3UO1xacMDfbq3OQ2bYozvDqHC5nezlkEISs2JBmbnavzqG1BSfMzfbqHNR+OWQQhKzYkGZuNq/OocLh/n/lsM3hQlbc8DiHG16dw4Ws/c3cbK/O4dqCE+Zme3Xuy5u67y8wVAAh+P8OgKHnn7uUg6LeZXHA+M9dykFR71IOGP9xl3JQ1LuUE4z/3KU4KOpdygHjP3cpB2WW6jUAhp5/7lIOinqX5QDjP3cpB0W9Szlg/OdaykFR71JOMP5zl3KgqHcpB4z/3KUclFmqdwAYev65Szko6l2WA8bf3KUcFPUu5YDxn7skB0W9SznB+M9dykFRz6UcMP5zl3JQZqneATDo+ecu5aCod1kOGP85l3JQ1LuUA8Z/7lIOFPUu5QTjP3cpB0W9i3LA+M9dykGZpXoHwFDnn7uUg6LeZTlg/OcuykFR71IOGP+5SzkoaruUE4z/3KUcFPUupQHjP3cpB2WW6h0AQ88/7VIOinqX5YDxn7uUBkW9Szlg/Ocu5aCod1JOMP5zl3JQ1LuUA4z/3KUclFmqdwAMPf/cSTko6l2WA8Z/7lIOCvUu5YDxn7uUg6LepTjB+M9dykFR71IOGP9xl3JQZqneATD0/HOX4qCod1kOGP+5Szko6rWUA8Z/7lIOinqXcgLjP3cpB0W9Szlg/OdaykGZpXoHUJnQ/38HrFBkY8gbpsoBQygU2Rh6w1RpwCAUimwMvWHubfz/d8DQdHhFNobeMFUOGEKhyIahJEd4d/8CQ4ne/9DUTMS3pqmZiG9NUzMR35oID03NRHxrmpqJ+NY0NRPxrYnw0NRMxLemqZkY35qmZiK+NREempqJ+NY0NRPxrWlqJuJbE+GhqZmIz5qmZiK+NU3NRHxrIjw0aSbiW9PUTMS3pqmZiG9NhIemZiK+NU3NRHxrmpqJ+NZEeGhqJuJb09RMxLdGUzMR35oID03NRHxrmpqJ+LZpaibiWxPhoamZiG9NUzMR35qmZiK+eTcNFPP/9x9NUgDrYFQJlACUAJMAnHKXU+4yTLnLKXc55S6n3OWU3+WUu5xyl1PucspdzspdTrnLKXc55S6n3C2n3OWUu5xyl1PucmLucspdTrnLKXc55e445S6n3OWUu5xyl1N0l1PucspdTrnLKXeZT7nLKXc55S6n3OWUD5dT7nLKXU65yyl3OaHc5ZS7nHKXU+5yyh3KKXc55S6n3OWUu5yeu5wGAbnLDeUup9zllLuccpdTblFOucspdznlLqfc5RRyl1PucspdTrnLKXfPKXc55S6n3OWUu5ziu5xyl1PucspdTrnLTrnLKXc55S6n3OWU0+WUu5xyl1PucspdbspdTrnLKXc55S6n3Cqn3OWUu5xyl1PuckrIXU65yyl3OeUup9wdnHKXU+5yyl1Oucsp4i6n3OWUuwHllLuccpdT7nLK3QxOucspdznlLqfc5ZRxl1PucspdTrnLKXcpptzllLuccpdT7nLKg8spdznlLqfc5ZS73JW7nHKXU+5yyl1OuV1OucspdznlLqfc5dTc5ZS7nHKXU+5yyl1yyl1OucspdznlLqfsLqfc5ZS7nHKXU+5SU+5yyl1OucspdznlES6n3OWUu5xyl1MEDhh027Zt27Zt27Zt27Zt27Zt27Zt27Zt27Zt27Zt27ZtU+5yyl1OucspdznlHuWUu5xyl1PucspdTiJ3OeUup9zllLuccjdwyl1OucspdznlLqf8Lqfc5ZS7nHKXU+7SU+5yyl1OucspdznldTnlLqfc5ZS7nHKXo3KXU+5yyl1Oucsp98opdznlLqfc5ZS7nJQ7mbGolNgP479/ARRgARQjCIggIOLgAf5bnuRpQLJdeDXAtkL+T6DxXWuvIdEzvQUm3gKWzlb5T0CCIHK9hgZH/BeY8BuKMYzvWij41F6Bha8Ax2UQOYskjXgnuLAbaHyXpSn+5ILR9hySPNKd6NJOFC6YbO0lwRK9DSbcAh4P2fUaEhzxW3DCbWjpmC7t6RWXRK711OCIvRILXgPCUOK9iwXNeCu5sBV4PSqbc1nSSHeiCTuB5jX94iaQIJBt7SHBM70JNvoYkhSTqzU1WmK34IRbwEIVuNZDgSP2C2x4BV2dSeUtFjzir8DGV8DxXae+SKQIRN+zSNDId4IJuwFxDmlrDgke6U8w6SfQ+Jaw1tBoid5GG24By2eqHKRXXDC9XkODI/4LTPiN4wWR9z0UNOKvwMJWwvEN2pxFgma8G0z4DTSu64Yaf3OBaHsvCRbpTzDhZlAYCb7WkGCZ3gYTfgOLBel6TQme2G044Rb0fKZLbg0kSCbXWih4xF6BDY9TwSDynMWCZryVXNgKvEyDzb0kaOS/wYSdSOOakFpDg2f6E2y4iTyeqfqfkQiC2dcaEjyxW2DiLajHIFxrocFRewU3vAKu7wDyHgsa8V9iYSvwuCxLw9yJBaPNOSRp5DvBpZ1Q1CC2PYcGi/wnmPAbaTxh12tI9ERvgYm3gKWzVdjTLyaIXK+hwRH/BSb8ThSj4LsWCj61V2DhK+AYEDa3Ykkz3g0m/AYa1/Wrn0CSYbQ1hwaL9Caa8D0kCCRXe0i0RH+DCbeRhyj0vYYEz/wWmPALWDoT2loo2Ii9AhteCUd3nbolqGCQee4iwTPeCm58BdIcyuZcFjTSnWjCTqB5DVHtIcES/Qk23EQez1S9zLeoYuJqTY2W2C044RYCE0Sv99DgqL2CG14B1zf2WYsNj3gruLAVaHyWzTXuxALR51wSNPOdYNLvgHAabc1Ck0d6E2y4CSwGhas1JVhit8HEW8DzmVrxC0oURK/V1OCI/YYTnqZCQeR9CwWN+CuwsJVwmAWfs0hQGe8GE34DjevKeg5JHulOdGkn0Pimyh0EEhSyrz0kWqK/wYTbSJ9DuN5TgiP2C0x4BS3dDWQtFDRqT4kFv4Sjs14PcS83iDz3saAR7wYTdkJwgWh7DgkW+U40YTfSuES+9tBgmd5EG24Cz2+qqKdfVDC7WoMET+wWmHgbMcwC11pocNRewQ2vgOtE8azHgkb8l1jYCjwuyxE7gQXD6HMuCZr5TjDpe1kQyL7nkGAxvQkm/ATeosDVGhIt8Vtg4y1g+W1I66nBEfsNJ7wCrs40dcNAgSDzrEWCR/wV2PgKyHGEz10kacS/ggm7icc1QbWHBM90J5jwE2g80+Uw36YCydUeEi3R32DCbUwuiHyvIcEzvwUm/AKWDsizHhoetVdigV/C0Vkv97kVm2Ses0jSiHeCC7sPwkiwNZcEj3Q3mrATeQ4I33tIsMx/ggm3gcUzNeoWkCiIXKspwSN2G064HBok0Ws9FHhqr8DGX8BJFnzWYkMj3goubAUan4X1XBI00t1g0k7geU2Wf4wkCGZbc2jySG8CG26CB4EWdQFPtym9aSvb46bjlA2nNd/wlYbY27f2mIZb0s7yT4NPKVdqr/A6r1rlv3/0ISzzxh/pFxa94y7Y3s3mr7JLb+/5o9CmhbfaX2hawz5sw6bFX2WX3t7zR6FNC2+1v9Aa7zLqjluSN9pq3z/rC1K5Z55s783npuOUDac13/CVtvfeL+BSyx7sZbPHTccpG05rvuEr1d57v4B1XmXFn9ssJzzjrjm0cZbt1j/73s3HXMULL6d7rvCGVWN502mbpf0a3yfj+AV8aRmvfQ2/va2HuYrrvOiq/ebAV1iNWzds61j2v18WezbbvcJXuo3Fb6Eblk76tqNtb/uxthiWe4WvdBuL30I3LJ30bUdrvevufWNI10jXbT8kr6TqnD3wfZu+287f2obUrgZflr3UfIWrUvZiC1/abjt/axtSuw2+LHup+QrrvBWVN/7QnfLuXz/AVln0nf1gezbfuRYuLbzlu8rfnl7EbaVpK3tjDxuecy1cWnjLd5W/Pb2I20prem5/wtNL+Ks0belZ/nfeFuE0x23ydzVPSVupOw0vvKyr/c6fHuzBlrqk72qekrZSdxpeeFlX+53Xe9UhbtkDP6M7bvyCXWFZ826Z7d38/yuPsLQWfw1/WHiNu4W2pO3D2mx6/1ceYWkt/hr+sPAadwut9Sa69rllf6cd5uySvLHcc+ZR9m12bht8aXPa/x0/SFmt+Ua7pezBnrJs3Db40ua0/zt+kLJa843W9i4qfs1ROWXRt96hv/PsMW7R9vR+cgBeh9FpS9ppu+38rW1I2a0NS9vSPVd4w6qxvOm0zdJ7/3awxpvMmneHfYx0zrlDesIr39ln37/pj2m4Je0s/zT4lHKl9gpfurIXe/vWHtNwS9pZ/mnwKeVK7RVe51Wr/PePPoRl3vgj/cKid9wF27vZ/FV26e09fxTatPBW+wtNa9iHbdi0+Kvs0tt7/ii0aeGt9hda411G3XFL8kZb7ftn9YJU7pkn23vzuek4ZcNpzTd8pe299wu41LKn5/tkHL+ALy3jta/ht7f1MFdxnRddtd8c+AqrceuGbR3L/vfLYs9mu1f4Srex+C10w9JJ33a07W0/1hbDcq/wlW5j8VvohqWTvu1orXfdvW8cwD9ui1/GJ8c=',
  },
  '-9, two blocks': {
    content: list(9000),
    packed:
      'KLUv/QRgNCYAmkiQCBigJxkOkLh+bLKsqnGJlFKmlBJgfK/41AiJAIEAfwAkSW7btnA4HA6Hw1VVVUVEREQzMzMjIiIi///ftm23bVuSJLlt26LRaDQajVZVVRURERHNzMyMiIiI/P9/27bdtm1JkuS2bQsGg8FgMFhVVVVEREQ0MzMzIiIi8v//bdt227YlSZLbti22bSsaucvJXY7gwBAFBQICBgyEoVAAQGEwCMJwEGAwEEFBQUFBVVVVRURERDMzMyMiIiL//9+2bbdtW5IkuW3bYmJiYmJiYqqqqoqIiIhmZmZGRERE/v+/bdtu27YkSXLbtoWEhISEhIRUVVUVERERzczMjIiIiPz/f9u23bZtSZLktm2Lx+PxeDxeVVVVRERENDMzMyIiIvL//23bdtu2ZURERDMzMyMiIiL//9+2bbdtW5IkuW3bYrFYLBaLVVVVFREREc3MzIyIiIj8/3/btt22bUmS5LZti1gsFovFYlVVVUVEREQzMzMjIiIi///ftm23bVuSJLlt26KioqKioqKqqqqKiIiIZmZmRkRERP7/v23bbtu2JEly27YFBQX//9+2bbdtW5IkuW3b4vF4PB6PV1VVFREREc3MzIyIiIj8/3/btt22bUmS5LZtC4fD4XA4XFVVVURERDQzMzMiIiLy//9t23bbtiVJktu2LRqNRqPRaFVVVREREdHMzMyIiIjI//+3bdtt25YkSW7btmAwGAwGg1VVVUUBhHuok4He7X8Gwx9VajYT8CwEpiFwgkAPO274/8QP8s8gdYlZ0hVTrevkmK4JdtCVbK89kMs6hq5klrrKVuk6NavrRFtdDNa6To7pmmCni8m2upy3y3LkgoeoKy64rlOzuibY6MJkrevsmK4pZroYLHVdnaOuNylx9HM1Wes6OaZrgp0uJltdj87pGqGmi8FV19UzXSPcUJcaZ8dBLuUcuqpd6gpr1bV0TNcRbro4WHU9NaNrgq0uhuvrmnvZTpELH6WuvGRdR890jVDTxcNV11MzXSfY6GKw1nV6tPesC0iv5X1xDUAXF4AuhAB07QDo4gLgn7oBStCDwvqg7gBK6kHhOqg/gBLkoGifoPqSrhZrtPgJ56DcABSzAZVzUHYBCktAxRmUbwCFLQiqemGzqoHzTyED6gqgQhMoEAF1BVCjBEpIgFpCUHF6UMzuFlZ11H8qGVBXABWeQIEIqCuAGiVQQgLUAoKK04NidrewqqP+U8mAugKocAQKREBdAdQogRISoBYRVJweFLO7hVUd9Z9KBtQVQIUrUCAC6gqgRgmUkAC1gKDi9KCY3S2s6qj/VDKgrgAqHIECEVBXADVKoIQEqAWCGqcHxexuYVVH/aeSAXUFUOEEKoiAugKoUQIlJEAtEJQ4PShmdwurOuo/lQyoK4AKJ1BABNQVQI0SKCEBaoGgxmEoqBydX75c9gvKfpHsl8h++dh9PB2nAf5AXnBPIH8gN/HQKLEHDeU3pfaTthKCh0JuhMhOyERuRGQnI554oKRzIC+4J5A/kJt4aJTYg4bym1L7SVsJgodCbkRkJ2QiNyKykxFPPFDSOZAX3BPIH8hNPDRK7EFD+U0p+0lbCcFDITcishMykRsR2QnX+EUWJ0AtpBocsUB0V30YAFd9bm8AbQBrADMzMyMiIiL//9+2bbdtW5IkuW3bgoKCgoKCgqqqqoqIiIhmZmZGRERE/v+/bdtu27YkSXLbtsXExMTExMRUVVUVERERzczMjIiIiPz/f9u23bZtSZLktm0LCQkJCQkJqaqqKiIiIpqZmRkREREZAkVEREQzMzMjIiIi///ftm23bVuSJLlt22KxWCwWi1VVVRURERHNzMyMiIiI/P9/27bdtm1JkuS2bYtgBCMYwQhGMIJVVVVFREREMzMzIyIiIv//37Ztt21bkiS5bduioqKioqKiqqqqioiIiAKPx+PxqqqqIiIiopmZmREREZH//2/bttu2LUmS3LZt4XA4HA6Hq6qqioiIiGZmZkZERET+/79t227btiRJctu2RaPRaDQaraqqKiIiIpqZmRkRERH5//+2bbtt25IkyW3bFgwGg8FgsKqqKtu2LSgoKCgoKKiqqqqIiIhoZmZmRERE5P//27bttm1LkiS3bVtMTExMTExMVVVVERER0czMzIiIiMj//7dt223bliRJbtu2kJCQkJCQkKqqqiIiIqKZmZkRERGR//9v27bbti1Jkty2bfF4BINzmBKA7gMAEvh/BYt1/EqsBB9q1EVm8o3ALHOVulRdErpcXaiuXxdGV6HLti5BKyTPNESuQxetC9PF0WXoqnVhdHF0DdWlw2dZ7GDkmupSdDG6MF0cXYUuWpemC8O67F29FZJnrlKXqguii6OL1XXrwug6dNHQJWiF5JmGyHXoonVhuji6DF21Lowujq6hunT4LIsdjFxTXYouRhemi6Or0EXr0nRhWJe9q7dC8sxV6lJ1QXRxdLG6bl0YXYcuGroErZA80xC5Dl20LkwXR5ehq9aF0cXRNTR0qVqAFqAFaAFagBa4OLoMXbQuTJeGrkOXrAvTxZku67pmj6Yw16mL1UXRxelCdfW6NLoMuuzpEhqiKXwj5Bp1ybo4XRhdhy5aF6ZLo8tgXWosn2uCJ1dJV6ML0YXRxdE16JJ1cbow0GXcltjBROY6daG6ILo8JF65AV/GJ8c=',
  },
  '-6': {
    content: lines(350),
    packed:
      'KLUv/QRYJUQANv14F5C3kAO73JTf9fP/w3bKnZRynbRVTwU4eABuAG4A6qz74Dy2GbIObYzjsmGRMaJRGUNOijkZilQyKOQ1WsKRWLH6hjxqNnWiiZM2hGQIad9vz0wrpXTG5DJEaEpECi91lo2lQ4aEvaZKokSSftlmZ862G2MIWW0XoaRCwgFhGFAYEIaFgaLgkDgsDgQWBwCEEocAggNCgxAEQoYQ8utHXOPT9nxmcGbtWt1Dno1qDJPlKL47582lI2OIONFEZkdJJEtjhFqEiJAgNImvHsH38p+391pOS3zfH3tmPKbeeGjEzK54Ko+6lxrR+eiMGRyOzYaMhgYxhu/QLadkO5Ysgusn9QJj3JnBdozt4BgODok3EBuVIYPXmIYgNCbE+OVjUzOGH7rllJ0x/JHlSBmFopCveNFGcBAs+cltoWVEZ9y9czdjG/zYxtuGNtlkslfT5oh1I4j1Y5yfLZ4xcrEr0yEdG+P8aM5MJtfEIiMV0Sn5FIWEg2QYUBgsGQlCxmeNNCqV1CSJRLokD0LqjdCMQagvQkMqIfpZPIJA6LxH5r0+ft787L18uiD++7bEY8arZXgYQd8TkS2EEf7HnpnOdDo432gzl7FmNB3z3u5UbT/q0WHPep21Ug4VocpAVB0f//Bwg3moonLVbNrP8glmOAjSqK0HEmBwmAhBQkIwxyC9rdABu9xzuuD4Af4z4eo8cXuL5/YJ9xmImPMzRRvaeUxhJe/rJGN5rK6QLQw705PyxcKXOpTznGdhbjqFoG0WviRm9ZwFxydd8EFKuDKP9POOswh6x+QTL1wCw4QhE3gI1IKDfLswThjad/U5B4WDZm53jlVhMulm9lwSJSM9HwFmkp4fOFnSroVPZEMk+rlXYWu7qn4qxBIO3cW1y8KmElzCaEfihCssif5QX0zviN0vuXOXpRv8qtm5wLAEw47gAdLa+J0rFZ6FTDmnFzpROW1hrlGEOlsWPhuSG/pVfH4Eyxuya5BkYwmvOxaScVWPEQUarDNIL/2DgFaB4YALnfC/gEg8bzWFvdLbd19VmOP62SjBTPzIsHBP2aB7T9Ctd6bj6O8+Hl8Fy1rC6nDjqydOHnFVxzMzHXJdkNvyEw6x5vj7bIRTlM7Bx8LO1uiRBwu/EQt5vi38Hys0fbfwvU/XuZMjJuJbMCWMnMf2/PM5kyCCUsGH+AdJisC8wEcT1sQBff6hcDnB4pxSYXv3640sLDQ5kjyz8KXlYjSnWpj9V2iaamHSWtnnL0HN2Uq47EP9+W6DOrcmVjGpDP+TmgROj4s04dxUEBX1FHanEmk791bYsoI+vYVtLFdfFlj4JHCLOcXC9E2oNJraMZzT3YqyWeMSZl25cb45ZqBVbcIttL1bW01YZ7nO4xpuz6+6eM7B16hzMip0EjnYwsTvR+pcJL7y818mjM5Btxqdhw/RIvpcQHSYxZZ7PkK6lXTQqNGEobEGff5caP38g8IEYYQyG5FCV00qEAQdy0AL792E5Ezn265POm5hUh5FnUM8sh5ZY7+mLCVMMuzWubCgdyYmDPvi1Dmb0PXGXja7fJ5rs+K8r3DWz/VDAQv7Ue/sXAaO5a/GhPN5OPdmPTe1IjR+DEoYzWhpnyNuBK0i4cTqEmSITwCQ9ipY0IR7LvBPvqWwiZjz+Ck0VCPBwhV5RIWDCw3r7LbwoRe2bzaFbnkzgMl34sYlvPH2p1sXNXPL9IQTj6S7N1CjvKv2pPt9cTASvEPQYUE59Yp6JLvjEuVrSCbsyCV46Mqz1MXmFRMDc75RmAA8mM6RRwS9gvZXBiEQP+jj8YRHl5JLP+Fsy3fP/yjMBUQ594W+PjItXAZbUOew0HCaLRY+x4ZzzqbQlXNKhT1D0Oe8B109Z8Gt38En3M/h6OEg46OwGm9W0QnPJtf7fF3HhHPmvcc5jbR0nqzVdg4utEcaxcJnTPXnVoW//6RxXlDYgiH0OcKBoKtOrs25n4sH7Zuc8HqwcN4K3X2eSuEkp3c+LHTrvLBwzh2NyICF6VwhekZb+CJFPBcLPTo/EBpyDjlo6/nY74DSgPAv+JZu8dSo5xF6op0wTL7g+evVZ0dZhV1lDs/VQo8l4yy8JV3aZqB8oYk4FoYDap6bEHrz/KNwVBXF52VqQeOgCetWsPLnf7mUb8JBgdE5tdB2HrfQ5ZwUWv9cs7CxFXB+FhqL+dDCLLyfNwq9f/5XGGqZPPco/JGY+Xwn/yWKFYpGJZpw7J/deYRjcy6495xfpKXPsVbF+btCk5dfCx8GjMd8ZGEom95FbwsfYQeM/CI0Oc4atEb8K2gJDwi6gFMctPVtJbTN27bQct0LCutjSRkkrnBpJoqPPAuXswCpO0Hu5m3Cgb5pTgo4VunW8GsJLeIbeHyM7/7ZIX+9Lyv/HusxV0VTOPfjYTpljDpy/lex9VwWKPPcoT3pHMWPmtpPl37OaUEqo+XOeRaA63PYNd8h9NSBc05Bsed3raznPzKg51fhWuriC3tuu5Dn2mT5OQCZ0PmJ053TR4/nh/jNzpFk3c610NTOPXnYCh+ljp7/U2w7lwPKOndkT3aOxMoeXVqM73P1CyRSLDecZ/M3OQdD8wlQqY465xkUP79u5T7/nQF8/hfu58tEf+djF/0cMRk/H7cm//z8U59Kdudzz/PG58hV3c+Vw/TnHhi254jnpnN9w/y5957ic+T07OfKq7g15PCU84ILcNhYjjg/8Pfj/BuaFMRwdej8OKj//H8r+PllBv/8LnxreuEVzrGL1HkomXQ+XhM6vz4Nvc3v1iwyuEkC9rxanHkvScr7aLw2+Xj7ePvEPeK3X+RwIBoZHD+3+Z5jgTco7+NIcBa0fzPdKpltJmzUmolQ4F+rzBN/B/uy+lyR97Av1eaLvYX5Hl3I+2hh+HWefsuE0QaW4zKB',
  },
  '-1, raw and repeated bytes': {
    content: Buffer.concat([noise('r', 600), Buffer.alloc(200_000, 'x')]),
    packed:
      'KLUv/QRIPBMA1CVcqXXdBM5lm1su+07KcpNVbfRCwWU4N//zSMTZz2O85nNKtk17o3d/JWu0hglPrPjlfKOigL5dNTrd7vKvEwaDv6TZS2FZbzHr3UJuwhzhIZuQmP/vS+2nGklXP6HAQaxKNa84tHrKqLWCVTYJRgjBQs9w5bO1yg7Q3e89561EF6y6c8HdjtqZ4kCJ309BWWlJ5XZpAn+GQY0DyP+veHd46Cyp5+bkWfVomypubtrUDUE6ccf7OSq2YLiNj4hp/byobVnUkdjqJsZ5gk85TqargU9NFYFnM6sB2RDjiapS1jFNK1oupUM8qr01PGD859gVd68nqYE79sePZzj7dJY2zkg0OabjfCT+dhuTsTWyH7LekUcvJrOxwguzJQeIdnH6QGy17EimXEohiNOmUK3fjN+8rbtkGWkhPJ2v3puaOShtTts6ZxNfkaqT+d3vaZoAjvG+SxPLqNL5Dgq8qs212HMJJLoJjpilG+Rxnqz/sZ679THIChli4jEty9ymptYRuLKQbds4vI+BKTFyLk1/tyIt3MYKDSmBLZZq8i2eOrCDj7Bm8aew2JF4BcRPRkgPD+GI6cSqdlLtCkAxbbMloFcLW4oB1SgXxQSnvBuN3Vsi0vMqY2bQO5sn620Kjh5rGQmAg4FcnnY+F3b62Nd7xxR+8gec4j3UsN+Mxa44b7lyLZbUh64CuHkbi3Db+u0SwEglLV5uCoyxH9coIaCxZDm7wCGprOQcpjcddYcf3pHjyyfLf6gbT7stYnw8zKFeZ9vtQzHI5JqZOBzwTq1xnBevcqC0eK94eHh4eAEAXUD7c5AGw3wIeIGFDGM=',
  },
  '-3, Huffman codes': {
    content: letters('l', 1500),
    packed:
      'KLUv/QRYLRcAKl1cCw3Q56mUtJE1yQZOGOAhsgCyALAA5o6CEjt/8bke60v6IutoWUEVJVOpUXY6hGfbUg7gvsKZgdU7m43WywBfA1UDbanRaYuwKZujjhAIgYoaaIlgZW+RQnPCA+NaNRPxDGClIapWaoRRkr42om+Ja46DqmoWN0eReKnWBa82zVfTQ12YreSjWBQTb5ElLcm1MjDFIi9pFgT3iBEpMw58wS0GwZuzsnQtUYt6JWk+nNylWcuuw8XGAMkL9soBowEpflBPSuMKAzYB1PhdVIOZy7zgACrOaEDrFkbNSml/YZQQaUPAj6UBQSXemYJiUMJl4PB2n7XM49e3BpijMFAsS1yDva/d7PzdLxUmqkPUrTWrlVDa/wu64lrxYaxVtlrkqV9l/GM6aqxjo/UU/wLHx1E05jpkQtqbsFcwENqSVoV6OA8jeDs1Z4XSrdWp6qwCVmx3j3PMiQllPenwWV2hhmrr/kokwW3hH0BLPOdirGnCHkrSD/sCtgHV8fn4VuAx79CgCZpRVSx6Kx24GlCSClP9nyqT14ogUVNkVF+L3oMeOszsy7DbrD5Ql4QQELAJs0ldV6VVsMXMDMqQrGZX7WVjbsHSQqYp1wRMKfiFEJOKoaB0FLTrWIuplqIL2geodd3vCM3Ah1eRNVXRFUS/WKyRzfntCmNsqGN1AIoh3ovw6EWp1ayBZpKRlS8xAi5ijaT1ttAdm1sNSaZEqlGsYOoFlFt6FCptLb0522DG2ZYsjaKwCLhQzyxr/YrrV7cuW3o9eMOh3E+8odSwthQBpVWywn0nNhcx3RtIWBautpEAL8zFSmVUrGItZn/trSJDLUQHSTsTfP2SliVoB/cJz+NosQBEGYGYV3DWSsCQUeFPlZwUEgVWLlpbE6hLr5ZLaMSmIlXfePdsAQIAIuyasIcfOT4taXkQa/kNtNZxZ2CtDSSjux/2qe/XUg2uWwSVrO5zjaniGQECAE8xRLolutYUFjDidg==',
  },
  '-19, four Huffman streams': {
    content: letters('m', 5000),
    packed:
      'KLUv/QRo9UoAijhlJQ/ANQdkmyDLbRL/h1b/4gJSAk4CWgJ4xR6NzFyY7jXqMNqYLICXlN9gZERG04B8dHU2xt2sSVBmUdKn3ZQHHm/eQGmZ3NgXAhsggOeyAmcDgkqk0zgb4xClF2p+93gnPeWghB7jCyntfNv+8goCDUStGGeGdUg6ry9njbyjkWMqpTQDc2PYEOWCZnTnyBrcuGsEXlre/43KUhVZA5eu94MvrSG/6tG47zpgo3hrO0kO2h+AxQFmGOZk2dAdqJZF8+g6ohu6fiFJilkG+qhHjgISjWshoMVENpBEllcGqS9DFHgZysiGJ+1Q8nKRMgU5utIQQtQexIXAigUjk8NABeQXwuNuoVAm2gkiVwRkZjPc8wHOgV2lEFMBRhpiXL1tQHGKm/XyKWG6/zGkhMY1bcKwG3r35VNwgJ4FsiyNAOiOYgWEKlvYdAnfZV4LdERDhLJ4PfHSiIWcRmsKMNR12ULlpjJv4u7oyW0WfkTeTteddUcHTIyvYDkMW5dkvAROn82fjc+xNVgdKBtZsuZY5kMmjTLHNZvBcuhLB7ihz4vIMUGN2ubmkGJU+SJE2hhcjkHAZtzgWaJbimKhzlNMaC6m3FWksPkoFKwdmQu5v2ABNOkaU615QpVjkz1E54QeJvmOdBzGsHFJ8rOLfYt5YyIvRQU7O7fvIkqtDoTaFc9C8ZLBKtPm6iSEviUBJ4aH3zZEEQGvbRITemVYmEuSWcRs12HzJeGH/O+7MSGUqdrj6F32Xl++sgSTRDzGJWwI5HX0JquteLbytNo4kO1Bn43KJCHvznAJihoosTDifAxi96cZIPpCYX3lMuQ9gIbZzs2+b5EEI+/QkV3AOQRGBNGSFx6RRTI2MXsWT0rR4EgJRfJFrnZjZoKI0rxB4aaT+0jeDhWjXqvnsDVpbLkYB5Db4KRt9DGAkevSyotSUWfK1SyGGtgmgwvksmfT3NudT9lS7JTTSuzOB11ZjWqgIE9cyhbFgwQdb5srgH+Rn7Od1eIiCPNyBbR1ewIhZ0ZBosJSO2rQNkiOUFrNJENZFGVzImMAsub25OwMzEnFKvuVxEDgQdLNfde1ww7klKSAkAPQCR3BFATnkkxlZJHniYYN+50flhVoebs4su2CBJpTBkfkQREkVdF/0SVE5jFuE/Ia4jwKmIXuTpcJiIzQFbpes1aTDMCW+alJ4bwuIpTsRABnLzBPIkEvGBjd8g0RRjFCWuRgCSToHKcdBbJxX5mKCPf6qGURiC6TtP46EEl9jJcpz7a8Cy9BhLyUVnRtw9aCPNJeYlqERTkIZcFdya2QzFB3CitbySDTAJGNFzkWebP8dXg3X3GRilDIGSVaZphaGVUcdrC7RGZXPQSpKd6A0+q7aoBV0AV8OkoXEJC7xMZRHoGp0SDi6SiJFSthj0H/wtMi7RgAxlkJg2cljcqjJAs23bhKEBoAERM0Ia6ZV9KMLHqlccuHuLRCcMKpP1PgzHzo8bBDlTprrlcILdu68HY1Q61pdFrabFhl30/yLtOiMPIUJbMjkWbyJMgJSkBwg+4pW9IySAop0gTcEij6x7NOBx74spklCZi5qSEdwOaZk7j8GpSV6HtZ0IA3FD0EdyAkOcIqw90ckoYOZ4QxoOgNKjgnSmKz8f3UF5Wd5+NlGpkjcHfYZagfhIRIBxyiRAYNGgxhmGhKLHda8arghG7ZfKbyM0l2vZIjQHPz91aH06bA89HTgcSoTLj7hX0dzsYAD/BoghfoSIXNlzVtSNiBsioj7az917Mjdm/oiqiho4kFIiry5tnS0SQgeVc0gASVECN+RhY7xaMlo7KovHHyNqUZnlybPStDpbchlaZeNYQduWCgPh9nOMRNWHS/ELDjSrTDZW1wz3HzSgkNh4qX/Soa9W4ZyB3oYcOkF2oOpACDCZUqGequpHTSYAqSAOQRujWjw21YljsbWprJE9DAJ4BA/nVGI65YKbsG3a2ZmoLH2V25E2ll122QkAOQco7RmAEpg5ZQcVlRSKOdsEZDB7J2F5EBEILGm1EsbCWBCpAKjLtUXMDGpBr5jmaqdHmB+wM5SEyCrjuEocdl5h2pZKgfEhXfyAqJOJQjYCmUhczdHAZRwMqe3BKNaq2hUqgbRQjcgQYY7BW6vFF4BwJ3aSJ3w4gYJIrOQDgj4RsjUSU7TllfjDzFef5cTvGjYL8qpGMfwe4G5UbDkrYsPhYoNeIDoDdYgBBZLmwPMu3h2YzLIgkYXSYpqdoqiQrZDpxhADaSwzvg/LMku1GGXdefiJjVgGClcjAWLLGsSDVfMwqadBKWALSFSHLkUpQACFg5Zhpaw7Y8slsmSUkHszshVaRyhLThpiEXlpSHt7AxwUEcDUH5FnE1ADY85RtpwQIT5YdEXhYn0dkCSQNHA8Wh6I4mQHZeeoikUsQ7oBcuTMIGVkqOV1TGLlgNUI4HIQIS7ZcAFM8/4P1ZG9qIthPzmAVo9MkyKYPMRku6X7JvisSggRH52BwQReBXIvkgUHXSAklFcAXhngM9bCaU4YK3isXdwTWjjKSw8LAR1o5DVLKVu9l8VRxnVBoPbGNhm4lyhPwsA1MPyS9poRMg7HVehS8XAnQQsI6yXSKS3y2J3K2ZtoyKU605F5wlVkRImfH6NFegrQLDTX7fUsxH7BG6ACJWzTH5ZpligMwkblgROUR9RJeHROM7P9MYOBevvDMrJVQWbL5X+nbVS32UI6f6dAk2SooKaoopGR9RGUkFk88NUAmEnnBmkTQiH256bAxJN9Jc++9i4u5WKpWeAhERIL0hIIqVjnG4fnlBkCd6aF8CojjHNgE8AmNpf7W5Gna76EcTUvcYOKUBoFT/PbNC/iMtFNLI5R0/4q7zGNlL9JbwN2DL7hoBJgYBL4tsIfCIFxe5AQ4zbGAF0dhlbo+PmE9cxcxM3N93g4yAFwZbJmGStS8VAZlk0xX5jsIPaXieJFtlhs8OHCjNIxQi40d4UVGRyZO4bS+ney6NcCwJ3ESm3piT6NQLJ6a5L0kxstZEKYIJO+TlV80HWp1iYNdJdST5rjV+hBgkmA0SW4CBMu4OQ/JegDjJNlYgBdoZgck0Po0mEpaPzwEafa90UNCm78jqvku1dh4Ith3i5LWhNLlRpikLdbapFMwKFdMOlrVHMQT+RbktA5lHGSzQsLyKUxwYCEGfAnxiMq9saaU0IzMaZboDAJ5691U=',
  },
  '-3 --long=31': {
    content: Buffer.concat([letters('f', 800), Buffer.alloc(3_000_000, 'ab'), letters('f', 800)]),
    packed:
      'KLUv/QSoJA0ARnJmD8ClDbm8jnCeGuGqiyo4OGEAYgBfAIWC/QgsajRiyE/xPbDuMRnuwOOBRz430GkupOSKcY+6Yhkb6jmkaGE/BDJVy0nJtPCT5D0JmTKQNpADKuu5qmr0NNVqaJpwAg8HEhUfnGf9h6iQFWa6fcFTsM1DMqJtFTy1wiRhKw3h4TsYzkmu4cTjgW8oXEj0inncJNyhUH0TVgxKVNiXplwG5T4rUIOPccUasgkMfdfeRVVL8lG4onvYddY9SoSzpYngd2iyx8xo9pFneMRJlGlr8LFUo0Fgef2kBdRr5vgCp91knZtEx3VaNnPNKE+ne98pRHeStWnUfNB89jP4esEuB7v/ksnEVrwDV4kcDFlYys93JqNM1buYkVCSJnOye1RKBza08zPCDhe8tqVz7gtuMa7SRaCAJzIBQIFexATjd2dUsrEUBsHT3ut2C9poDkQF+lgQ6NY2a+saCk204R2FxdiNMs+hYzw2MqFAfNfeMKhu4zuf6GwTJtQShm0HqYfFrD0yEaVzGPHzzQm7Z9Hcd507auzZHASaAgEAJLP5z10aTAAACGEBAPz/ORACTAAACGEBAPz/ORACTAAACGEBAPz/ORACTAAACGEBAPz/ORACTAAACGEBAPz/ORACTAAACGEBAPz/ORACTAAACGEBAPz/ORACRAAAAAEA/f/PCxBEAAAAAQD9/88LEEQAAAABAP3/zwsQRAAAAAEA/f/PCxBEAAAAAQD9/88LEEQAAAABAP3/zwsQRAAAAAEA/f/PCxBEAAAAAQD9/88LEFQAAAABAP3/AwCQNyBUAAAAAQD9/wMAkDcgVAAAAAEA/f8DAJA3IFQAAAABAP3/AwCQNyBUAAAAAQD9/wMAkDcgVAAAAAEA/f8DAJA3IIUAAAACAB3HkxupoDt5AADyBgQy50qr',
  },
  empty: {
    content: Buffer.alloc(0),
    packed: 'KLUv/SQAAQAAmenYUQ==',
  },
  '-1, five bytes': {
    content: Buffer.from('hello'),
    packed: 'KLUv/QRIKQAAaGVsbG+jbZ+I',
  },
};
const packed = (name: string): Buffer => Buffer.from(samples[name]!.packed, 'base64');

function source(bytes: Buffer, step: number): () => Promise<Buffer | null> {
  let at = 0;
  return async () => {
    at += step;
    return at - step >= bytes.length ? null : bytes.subarray(at - step, at);
  };
}

async function unpack(bytes: Buffer, step = 1 << 20): Promise<{ content: Buffer; damage: string | null }> {
  const parts: Buffer[] = [];
  try {
    for await (const piece of unzstd(source(bytes, step))) parts.push(Buffer.from(piece));
  } catch (error) {
    if (!(error instanceof ZstdDamage)) throw error;
    return { content: Buffer.concat(parts), damage: error.message };
  }
  return { content: Buffer.concat(parts), damage: null };
}

describe('unzstd', () => {
  it.each(Object.keys(samples))('decodes %s', async (name) => {
    const { content, damage } = await unpack(packed(name));
    expect(damage).toBeNull();
    expect(content.equals(samples[name]!.content)).toBe(true);
  });

  it('takes the input in any pieces', async () => {
    const bytes = packed('-6');
    for (const step of [1, 2, 3, 7, 100]) expect((await unpack(bytes, step)).content.equals(lines(350))).toBe(true);
  });

  it('reads frames one after another, and passes over skippable ones', async () => {
    const skippable = Buffer.concat([Buffer.from('5d2a4d1805000000', 'hex'), Buffer.from('skip!')]);
    const bytes = Buffer.concat([
      skippable,
      packed('-1, five bytes'),
      skippable,
      packed('empty'),
      packed('-3, Huffman codes'),
    ]);
    const { content, damage } = await unpack(bytes);
    expect(damage).toBeNull();
    expect(content.toString()).toBe(`hello${letters('l', 1500).toString()}`);
  });

  it('gives what is before a cut, to the block', async () => {
    const bytes = packed('-1, two blocks');
    const whole = list(9000);
    const lengths = new Set<number>();
    const cuts = Array.from({ length: bytes.length / 29 }, (_, i) => 1 + 29 * i);
    for (const cut of [...cuts, bytes.length - 2]) {
      const { content, damage } = await unpack(bytes.subarray(0, cut));
      expect(damage).toBe('the data is cut off');
      expect(whole.subarray(0, content.length).equals(content)).toBe(true);
      lengths.add(content.length);
    }
    expect([...lengths]).toEqual([0, 131_072, whole.length]);
  });

  it('never fails otherwise than by ZstdDamage or UserError on flipped bytes', async () => {
    let unharmed = 0;
    let found = 0;
    for (const name of Object.keys(samples)) {
      const bytes = packed(name);
      for (let at = 0; at < bytes.length; at += 1 + (bytes.length >> 6)) {
        const copy = Buffer.from(bytes);
        copy[at]! ^= 1 + (at % 255);
        try {
          const { content, damage } = await unpack(copy);
          if (damage !== null) found++;
          else if (content.equals(samples[name]!.content)) unharmed++;
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          found++;
        }
      }
    }
    expect(found).toBeGreaterThan(20 * unharmed);
  });

  it('says how to unpack what needs a larger window or a dictionary', async () => {
    const huge = Buffer.from('28b52ffd04a90000000000', 'hex');
    await expect(unpack(huge)).rejects.toMatchObject({
      name: 'UserError',
      hint: expect.stringContaining('zstd -d --long=31'),
    });
    await expect(unpack(Buffer.from('28b52ffd0158070000', 'hex'))).rejects.toThrow(/dictionary/);
  });

  it('names bytes that follow and are no frame', async () => {
    const { content, damage } = await unpack(Buffer.concat([packed('-1, five bytes'), Buffer.from('GIF89a')]));
    expect(content.toString()).toBe('hello');
    expect(damage).toMatch(/not a Zstandard frame/);
  });

  const isInstalled = spawnSync('zstd', ['--version']).status === 0;
  it.skipIf(!isInstalled)('agrees with the zstd program on mixed content', async () => {
    for (let round = 0; round < 30; round++) {
      const seed = `round ${round}`;
      const size = 100 + (noise(seed, 4).readUInt32LE() % 200_000);
      const kinds = [letters(seed, size), noise(seed, size >> 3), lines(1 + (size >> 7)), Buffer.alloc(size, seed)];
      const content = Buffer.concat([kinds[round % 4]!, kinds[(round + 1) % 4]!, kinds[round % 3]!, kinds[round % 4]!]);
      const level = ['-1', '-3', '-7', '-12', '-19', '--fast=4'][round % 6]!;
      const more = round % 5 === 0 ? ['--long=31'] : round % 7 === 0 ? ['--zstd=wlog=10'] : [];
      const bytes = execFileSync('zstd', ['-q', '-c', level, ...more], { input: content, maxBuffer: 1 << 30 });
      const { content: found, damage } = await unpack(bytes, 65_536);
      expect(damage, seed).toBeNull();
      expect(found.equals(content), seed).toBe(true);
    }
  });
});

describe('XxHash64', () => {
  it.each([
    ['', 0x51d8e999],
    ['a', 0xa98c6e5b],
    ['abc', 0xad770999],
  ])('gives the published hash of %j', (text, expected) => {
    const hash = new XxHash64();
    hash.update(Buffer.from(text));
    expect(hash.low32()).toBe(expected);
  });
});
